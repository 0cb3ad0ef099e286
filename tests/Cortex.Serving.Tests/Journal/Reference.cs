using Cortex.Policies;
using Cortex.Policies.Registry;
using Cortex.Serving.Decisions;
using Cortex.Serving.Journal;

namespace Cortex.Serving.Tests.Journal;

/// <summary>All decisions that a core takes on a journal's facts, compared with nothing.</summary>
internal sealed class Reference : IBackend, ICoreTap
{
    private readonly List<string> decisions = [];

    /// <returns>The decisions, and whether the core threw before the end.</returns>
    public static (List<string> Decisions, bool Refused) Decide(byte[] journal)
    {
        Reference listener = new();
        using JournalReader reader = JournalBytes.Open(journal);
        ServingCore core = new(reader.Header.Settings, new PolicyRegistry().Build(reader.Header.Requests), listener, new ObserverList(), listener);
        try
        {
            while (reader.Read())
            {
                if (reader.Kind == JournalRecordKind.Fact)
                {
                    core.Handle(reader.Fact);
                }
                else if (reader.Kind == JournalRecordKind.Settle)
                {
                    core.Settle(reader.At);
                }
            }
            return (listener.decisions, false);
        }
        catch (Exception fault) when (fault is not JournalException)
        {
            return (listener.decisions, true);
        }
    }

    public static string Line(in Decision decision, ReadOnlySpan<int> blocks) => $"{decision} {string.Join(' ', blocks.ToArray())}";

    public void Decided(in Decision decision, ReadOnlySpan<int> blocks) => decisions.Add(Line(decision, blocks));

    public void StartStep(WorkerId worker, StepPlan plan)
    {
    }

    public void Respond(in CallRecord record)
    {
    }

    public void StartTool(int tag)
    {
    }
}
