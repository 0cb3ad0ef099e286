using System.Text.Json;

namespace Cortex.Sim.Tests.Kernel.SimPy;

/// <summary>A program's inputs: parameters by name, and named streams of integers handed out one by one.</summary>
internal sealed class Given(JsonElement document)
{
    private readonly Dictionary<string, Queue<long>> draws = document.GetProperty("draws").EnumerateObject()
        .ToDictionary(stream => stream.Name, stream => new Queue<long>(stream.Value.EnumerateArray().Select(value => value.GetInt64())));

    public JsonElement this[string parameter] => document.GetProperty("parameters").GetProperty(parameter);

    public long Number(string parameter) => this[parameter].GetInt64();

    public int Count(string parameter) => this[parameter].GetInt32();

    public long Draw(string stream) => draws[stream].Dequeue();
}
