using System.Globalization;
using Cortex.Policies.Registry;
using Cortex.Serving.Decisions;
using Cortex.Serving.Journal;
using Cortex.Serving.Parity;
using Spectre.Console;

namespace Cortex.Experiments.Report;

/// <summary>What <c>cortex replay</c> prints.</summary>
internal static class ReplayReport
{
    /// <summary>Facts shown of those since the last equal decision: the last so many.</summary>
    private const int MostFacts = 20;

    /// <summary>What engines have computed, if any did.</summary>
    public static void Print(ExecutionCheck execution, IAnsiConsole console)
    {
        if (execution.Executed == 0)
        {
            return;
        }
        string first = execution.FirstDifference is { } different ? Text($"; the first that differs: engine {different.Worker.Value}, step {different.Step}") : "";
        console.WriteLine(Text($"executed: {execution.Equal:N0} of {execution.Executed:N0} steps as planned, sequences, tokens and block ids{first}"));
    }

    public static void Print(ReplayResult replay, JournalHeader header, PolicyRegistry registry, IAnsiConsole console)
    {
        console.WriteLine(Text(
            $"{(replay.IsIdentical ? "identical" : "equal at first")}: {replay.Decisions.Sum():N0} decisions on {replay.Facts:N0} facts in {replay.Batches:N0} batches"));
        console.WriteLine($"{"axis",-12}{"decisions",12}{"with a choice",15}");
        foreach (DecisionAxis axis in Enum.GetValues<DecisionAxis>())
        {
            console.WriteLine(Text($"{Name(axis),-12}{replay.Decisions[(int)axis],12:N0}{replay.Choices[(int)axis],15:N0}"));
        }
        if (replay.Difference is not { } difference)
        {
            console.WriteLine(Text($"fingerprint {replay.Fingerprint:x16}"));
            return;
        }
        console.WriteLine(Text($"differs at record {difference.Record}, after {difference.Number:N0} equal decisions"));
        console.WriteLine($"  expected: {difference.Expected ?? "no decision"}");
        console.WriteLine($"  got:      {difference.Got}");
        console.WriteLine(Text($"facts since the last equal decision: {difference.Facts.Count:N0}"));
        foreach (string fact in difference.Facts.Skip(difference.Facts.Count - MostFacts))
        {
            console.WriteLine($"  {fact}");
        }
        foreach (JournalPolicy policy in header.Policies.Where(policy => IsOfAnotherBuild(policy, registry)))
        {
            console.WriteLine($"note: the journal was written by another build of {policy.Axis} {policy.Name}");
        }
    }

    /// <param name="times">What the simulated steps last.</param>
    public static void Print(string times, DecisionComparison comparison, IAnsiConsole console)
    {
        console.WriteLine();
        console.WriteLine($"free simulation of the same inputs and the {times}");
        console.WriteLine($"{"axis",-12}{"recorded",12}{"simulated",12}{"agreement",12}");
        foreach (AxisAgreement axis in comparison.Axes)
        {
            console.WriteLine(Text($"{Name(axis.Axis),-12}{axis.Recorded,12:N0}{axis.Simulated,12:N0}{Percent(axis.Share),12}"));
        }
        if (comparison.First is not { } first)
        {
            console.WriteLine("no divergence");
            return;
        }
        console.WriteLine(Text($"first divergence after {first.Number:N0} decisions"));
        console.WriteLine($"  recorded:  {first.Recorded ?? "no decision"}");
        console.WriteLine($"  simulated: {first.Simulated ?? "no decision"}");
    }

    /// <summary>Rounded down, so that 100 % means all.</summary>
    private static string Percent(double share) => Text($"{Math.Floor(share * 10_000) / 100:F2} %");

    private static bool IsOfAnotherBuild(JournalPolicy policy, PolicyRegistry registry) =>
        registry.Policies.Single(known => known.Axis.Name == policy.Axis && known.Name == policy.Name).Implementation.Module.ModuleVersionId != policy.Build;

    private static string Name(DecisionAxis axis) => axis.ToString().ToLowerInvariant();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
