using System.Text.Json;
using Cortex.Models.Tests;
using Cortex.Runtime.Models;
using Cortex.Testing;

namespace Cortex.Cpu.Tests.Engine;

/// <summary>A real model, run once over all its golden prompts: each prompt whole, then all greedy texts side by side in one batch.</summary>
internal sealed class RealModel : IDisposable
{
    /// <summary>Below this margin of the oracle, rounding to 32 bits may decide.</summary>
    public const double Cut = 5e-3;

    private readonly ModelWeights weights;
    private readonly EngineRig rig;
    private readonly Dictionary<string, RealRun> runs = [];

    public RealModel(string name)
    {
        Golden = new(name);
        weights = ModelLoader.Open(WeightsOf(name)!);
        rig = new(weights, new() { Blocks = 512, Threads = 2 });
        foreach (JsonElement prompt in Golden.Root.GetProperty("prompts").EnumerateArray())
        {
            runs.Add(prompt.GetProperty("name").GetString()!, RealRun.Begin(rig, prompt));
        }
        rig.AllOutputs = false;
        while (runs.Values.Where(run => !run.IsDone).ToArray() is { Length: > 0 } running)
        {
            rig.Step([.. running.Select(run => (run.Sequence, 1))]);
            Array.ForEach(running, run => run.Take());
        }
    }

    public GoldenModel Golden { get; }

    public RealRun Run(string prompt) => runs[prompt];

    /// <summary>A GGUF file in the folder, else the folder if it has safetensors, else null.</summary>
    public static string? WeightsOf(string name)
    {
        string folder = Shared.PathOf($"models/{name}");
        return Directory.EnumerateFiles(folder, "*.gguf").Order(StringComparer.Ordinal).FirstOrDefault()
            ?? (Directory.EnumerateFiles(folder, "*.safetensors").Any() ? folder : null);
    }

    public void Dispose()
    {
        rig.Dispose();
        weights.Dispose();
    }
}
