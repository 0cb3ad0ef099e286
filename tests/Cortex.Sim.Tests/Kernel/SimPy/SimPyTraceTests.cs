using System.Text.Json;
using Cortex.Testing;
using Xunit;

namespace Cortex.Sim.Tests.Kernel.SimPy;

/// <summary>The kernel does what SimPy does: every program of its own, row for row.</summary>
public sealed class SimPyTraceTests
{
    private const string Folder = "peers/simpy";

    public static TheoryData<string> Programs => Shared.Has($"{Folder}/programs.json")
        ? [.. Document("programs.json").EnumerateArray().Select(program => program.GetProperty("name").GetString()!)]
        : [];

    [SharedTheory($"{Folder}/programs.json")]
    [MemberData(nameof(Programs))]
    public void A_program_of_SimPy_gives_the_same_trace(string name)
    {
        SimPyProgram port = Port(name);
        port.Run(new(Document($"inputs/{name}.json")));

        string[] expected = [.. File.ReadAllLines(Shared.PathOf($"{Folder}/traces/{name}.csv")).Skip(1)];
        JsonElement facts = Document("programs.json").EnumerateArray().Single(program => program.GetProperty("name").GetString() == name);
        Assert.Equal(facts.GetProperty("rows").GetInt32(), expected.Length);
        if (facts.GetProperty("compare").GetString() == "actor")
        {
            Assert.Equal(ByActor(expected), ByActor(port.Rows));
        }
        else
        {
            Assert.Equal(expected, port.Rows);
        }
    }

    private static IEnumerable<string> ByActor(IEnumerable<string> rows) =>
        rows.OrderBy(row => row.Split(',')[1], StringComparer.Ordinal); // Stable: an actor's rows stay in their order.

    private static SimPyProgram Port(string name)
    {
        string type = $"{typeof(SimPyProgram).Namespace}.Programs.{string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}";
        return (SimPyProgram)Activator.CreateInstance(typeof(SimPyProgram).Assembly.GetType(type, throwOnError: true)!)!;
    }

    private static JsonElement Document(string name) =>
        JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Shared.PathOf($"{Folder}/{name}")));
}
