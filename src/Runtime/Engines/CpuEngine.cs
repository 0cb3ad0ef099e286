using Cortex.Runtime.Cpu;
using Cortex.Runtime.Models;

namespace Cortex.Runtime.Engines;

/// <summary>
/// The engine that is always there: a model on the CPU, in SIMD. What a sequence computes depends, bit for bit, neither on who else is in the
/// batch, nor on how its prompt was cut into steps, nor on which blocks hold its KV, nor on threads, nor on the width of vectors.
/// </summary>
/// <param name="weights">The model; must live as long as the engine, which does not dispose of it.</param>
/// <param name="options">Sizes and ways.</param>
/// <exception cref="ArgumentException">An option is out of its range.</exception>
/// <exception cref="OutOfMemoryException">The machine has not got so much memory.</exception>
/// <exception cref="IOException">The file of the disk tier cannot be made.</exception>
public sealed class CpuEngine(ModelWeights weights, CpuEngineOptions options) : PagedEngine(weights, new CpuKernels(weights.Shape, options), options);
