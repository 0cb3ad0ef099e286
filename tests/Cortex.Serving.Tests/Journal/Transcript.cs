using Cortex.Policies;
using Cortex.Serving.Decisions;
using Cortex.Serving.Journal;

namespace Cortex.Serving.Tests.Journal;

/// <summary>All that a core heard and decided, a line each, with every field.</summary>
internal sealed class Transcript : ICoreTap
{
    public List<string> Lines { get; } = [];

    public static List<string> Of(JournalReader reader)
    {
        List<string> lines = [];
        Read(reader, lines);
        return lines;
    }

    /// <summary>Appends line by line, so that what was read before a fault is there.</summary>
    public static void Read(JournalReader reader, List<string> lines)
    {
        while (reader.Read())
        {
            lines.Add(reader.Kind switch
            {
                JournalRecordKind.Fact => Line(reader.Fact),
                JournalRecordKind.Settle => $"settle {reader.At.Ns}",
                JournalRecordKind.Decision => Line(reader.Decision, reader.Blocks),
                _ => $"end {reader.At.Ns} {reader.Fingerprint:x}",
            });
        }
    }

    public void Handling(in Fact fact) => Lines.Add(Line(fact));

    public void Settling(Instant now) => Lines.Add($"settle {now.Ns}");

    public void Closing(Instant now, ulong fingerprint) => Lines.Add($"end {now.Ns} {fingerprint:x}");

    public void Decided(in Decision decision, ReadOnlySpan<int> blocks) => Lines.Add(Line(decision, blocks));

    private static string Line(in Decision decision, ReadOnlySpan<int> blocks) => $"{decision} {string.Join(' ', blocks.ToArray())}";

    private static string Line(in Fact fact)
    {
        string rest = fact.Kind switch
        {
            FactKind.CallArrived when fact.Call is { } call =>
                $"{call.Tag} {call.WorkflowTag} {call.Stage} {call.Priority} {string.Join(' ', call.Prompt)} {call.PromptTokens} {call.MaxTokens} {call.Output}",
            FactKind.StepFinished when fact.Result is { } result =>
                $"{fact.Worker} {result.Step} {result.Count} {result.DeviceTime} {result.Executed} {string.Join(' ', result.Stopped)}",
            _ => $"{fact.Tag} {fact.Outcome}",
        };
        return $"{fact.Kind} {fact.At} {rest}";
    }
}

/// <summary>Two listeners instead of one.</summary>
internal sealed class Both(ICoreTap first, ICoreTap second) : ICoreTap
{
    public void Handling(in Fact fact)
    {
        first.Handling(fact);
        second.Handling(fact);
    }

    public void Settling(Instant now)
    {
        first.Settling(now);
        second.Settling(now);
    }

    public void Closing(Instant now, ulong fingerprint)
    {
        first.Closing(now, fingerprint);
        second.Closing(now, fingerprint);
    }

    public void Decided(in Decision decision, ReadOnlySpan<int> blocks)
    {
        first.Decided(decision, blocks);
        second.Decided(decision, blocks);
    }
}
