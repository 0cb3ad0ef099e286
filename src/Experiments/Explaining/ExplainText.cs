using System.Globalization;
using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Experiments.Explaining;

/// <summary>Times, nodes and blame as <c>cortex explain</c> writes them.</summary>
internal static class ExplainText
{
    public static string Of(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Such as <c>12.345679 s</c>.</summary>
    public static string Time(Instant at) => at == Instant.Never ? "never" : Of($"{at.Ns / 1e9:F6} s");

    /// <summary>Such as <c>0.0123 s</c>.</summary>
    public static string Seconds(Duration time) => Of($"{time.Ns / 1e9:F4} s");

    /// <summary>With a sign, such as <c>+0.0123</c>.</summary>
    public static string Change(double seconds) => seconds.ToString("+0.0000;−0.0000;0.0000", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>node 3 of q17 (sql.fix)</c>.</summary>
    public static string Node(IRunNames names, int tag) => Of($"node {names.Number(tag)} of {names.Workflow(names.WorkflowOf(tag))} ({names.Stage(tag)})");

    /// <summary>The parts that are not zero, such as <c>queue 0.0123 s, decode 4.5000 s</c>.</summary>
    public static string Parts(IReadOnlyList<Duration> parts)
    {
        IEnumerable<string> there = WorkflowBlame.Parts.Zip(parts).Where(part => part.Second.Ns != 0).Select(part => $"{part.First} {Seconds(part.Second)}");
        return string.Join(", ", there.DefaultIfEmpty("nothing"));
    }
}
