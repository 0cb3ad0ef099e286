using Cortex.Runtime.Cpu.Attention;
using Cortex.Runtime.Cpu.Kernels;
using Cortex.Runtime.Cpu.Memory;
using Cortex.Runtime.Cpu.Products;
using Cortex.Runtime.Cpu.Threads;
using Cortex.Runtime.Engines;
using Cortex.Runtime.Engines.Forward;
using Cortex.Runtime.Models;

namespace Cortex.Runtime.Cpu;

/// <summary>The kernels on the CPU, in 32-bit arithmetic, shared by a crew of threads. One pool at a time.</summary>
internal sealed unsafe class CpuKernels : IKernels
{
    private readonly ModelShape shape;
    private readonly SimdTier tier;
    private readonly WorkCrew crew;
    private readonly MatMul products;
    private readonly RopeTable rope;
    private readonly EmbedRows embed = new();
    private readonly NormaliseRows normalise;
    private readonly RotateRows rotate;
    private readonly ArgmaxRows argmax = new();
    private AttentionWork? attention;
    private StepInputs step = null!;

    /// <param name="shape">The model.</param>
    /// <param name="options">Sizes and ways.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public CpuKernels(ModelShape shape, CpuEngineOptions options)
    {
        options.Check();
        this.shape = shape;
        tier = (SimdTier)Math.Min((byte)options.Simd, (byte)SimdTiers.Best);
        crew = new(options.Threads > 0 ? options.Threads : Environment.ProcessorCount);
        Tiling = CpuTiling.Of(shape, options, crew.Threads);
        products = new(crew);
        rope = new(shape.Rope);
        RowKernels rows = RowKernels.Of(tier);
        normalise = new(rows, shape.NormEpsilon);
        rotate = new(shape, rows, rope);
    }

    public AttentionTiling Tiling { get; }

    public DeviceTable Table(WeightMatrix weights) => new CpuTable(weights);

    public DeviceMatrix Matrix(params ReadOnlySpan<WeightMatrix> stacked) => new CpuMatrix(PackedMatrix.Pack(crew, tier, stacked));

    public DeviceMatrix Gated(WeightMatrix gate, WeightMatrix up) => new CpuMatrix(PackedMatrix.PackGated(crew, tier, gate, up));

    public DeviceVector Vector(params ReadOnlySpan<float[]> parts) => new CpuVector(parts);

    public DeviceRows Rows(int capacity, int columns) => new CpuRows(capacity, columns);

    public KvPool Pool(KvLayout layout, int blocks)
    {
        CpuKvPool pool = new(layout, blocks);
        attention = new(shape, pool, tier, Tiling, crew.Threads);
        return pool;
    }

    public void Begin(StepInputs step)
    {
        this.step = step;
        int positions = 0;
        foreach (int position in step.Positions)
        {
            positions = Math.Max(positions, position + 1);
        }
        rope.Reserve(positions);
        attention!.Reserve(step);
    }

    public void Embed(DeviceTable table, DeviceRows into) => embed.Run(crew, step.Tokens, (CpuTable)table, (CpuRows)into);

    public void Normalise(DeviceRows from, DeviceVector weight, DeviceRows into, int rows) =>
        normalise.Run(crew, (CpuRows)from, (CpuVector)weight, (CpuRows)into, rows);

    public void Multiply(DeviceRows from, DeviceMatrix weights, DeviceVector? bias, DeviceRows into, bool add, int rows)
    {
        float* plus = bias is null ? null : ((CpuVector)bias).Data;
        products.Multiply(((CpuMatrix)weights).Packed, ((CpuRows)from).Data, rows, ((CpuRows)into).Data, plus, add);
    }

    public void MultiplyGated(DeviceRows from, DeviceMatrix weights, DeviceRows into, int rows) =>
        products.Multiply(((CpuMatrix)weights).Packed, ((CpuRows)from).Data, rows, ((CpuRows)into).Data);

    public void RotateAndAppend(DeviceRows qkv, DeviceVector? queryNorm, DeviceVector? keyNorm, int layer, KvPool pool) =>
        rotate.Run(crew, step, (CpuRows)qkv, (CpuVector?)queryNorm, (CpuVector?)keyNorm, layer, (CpuKvPool)pool);

    public void Attend(DeviceRows qkv, int layer, KvPool pool, DeviceRows into) => attention!.Run(crew, step, (CpuRows)qkv, layer, (CpuRows)into);

    public void Gather(DeviceRows from, DeviceRows into)
    {
        for (int i = 0; i < step.Outputs.Count; i++)
        {
            new ReadOnlySpan<float>(((CpuRows)from).Row(step.Outputs[i]), from.Columns).CopyTo(new(((CpuRows)into).Row(i), from.Columns));
        }
    }

    public void Argmax(DeviceRows logits, Span<int> columns) => argmax.Run(crew, (CpuRows)logits, columns);

    public void Read(DeviceRows from, Span<float> into) => new ReadOnlySpan<float>(((CpuRows)from).Data, into.Length).CopyTo(into);

    public void Dispose()
    {
        attention?.Dispose();
        rope.Dispose();
        products.Dispose();
        crew.Dispose();
    }
}
