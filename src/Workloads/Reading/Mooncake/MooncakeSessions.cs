using System.Runtime.InteropServices;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Turns of Mooncake traces with sessions. The first of a session arrives at its <c>timestamp</c>; a later one follows the end of the turn
/// before by its <c>delay</c> (ms) or, without that, by the difference of their timestamps. In a delta trace a later turn's row tells only
/// what is new: its prompt is that of the turn before, then that turn's output, then the row's blocks.
/// </summary>
internal sealed class MooncakeSessions(string file, WorkloadBuilder builder, StreamId blocks)
{
    private readonly record struct Turn(long ArrivalNs, long? DelayNs, int Input, int Output, int FirstId, int Ids, long Line);

    private readonly List<(string? Name, List<Turn> Turns)> sessions = [];
    private readonly Dictionary<string, int> indices = [];
    private readonly List<int> ids = [];

    /// <param name="session">Null for a request of no session.</param>
    /// <param name="arrivalNs">−1 if the row has none.</param>
    public void Add(string? session, long arrivalNs, long? delayNs, int input, int output, ReadOnlySpan<int> hashIds, long line)
    {
        if (session is null || !indices.TryGetValue(session, out int index))
        {
            if (arrivalNs < 0)
            {
                throw new TraceException(file, line, $"timestamp is missing in the first row of session '{session}'", "a session that begins with a timestamp");
            }
            index = sessions.Count;
            sessions.Add((session, []));
            if (session is not null)
            {
                indices.Add(session, index);
            }
        }
        List<Turn> turns = sessions[index].Turns;
        if (turns.Count > 0 && delayNs is null && arrivalNs < turns[^1].ArrivalNs)
        {
            throw new TraceException(file, line, $"a turn of session '{session}' has neither delay nor a timestamp behind that of the turn before", "delay, or timestamps in order");
        }
        turns.Add(new(arrivalNs, delayNs, input, output, ids.Count, hashIds.Length, line));
        ids.AddRange(hashIds);
    }

    public void Finish()
    {
        bool delta = builder.Options.Turns switch
        {
            MooncakeTurns.Delta => true,
            MooncakeTurns.Whole => false,
            _ => IsDelta(),
        };
        builder.PromptsContainOutputs |= delta;
        builder.ChainedBlocks &= !delta;
        StageId stage = builder.Stage("call");
        long timed = 0;
        foreach ((string? name, List<Turn> turns) in sessions.OrderBy(session => session.Turns[0].ArrivalNs))
        {
            int first = builder.NextTag;
            for (int i = 0; i < turns.Count; i++)
            {
                Turn turn = turns[i];
                long delay = i == 0 ? 0 : turn.DelayNs ?? turn.ArrivalNs - turns[i - 1].ArrivalNs;
                timed += i > 0 && turn.DelayNs is null ? 1 : 0;
                BuildPrompt(turn, delta && i > 0 ? builder.NextTag - 1 : -1, i > 0 ? turns[i - 1].Output : 0);
                builder.AddCall(stage, turn.Output, i == 0 ? [] : [builder.NextTag - 1], builder.NewStream(), delay);
            }
            builder.AddWorkflow(name, first, new Instant(turns[0].ArrivalNs));
        }
        builder.Note(delta ? "rows of later turns hold only what is new" : "rows of later turns hold whole prompts");
        if (timed > 0)
        {
            builder.Note($"delays taken from differences of timestamps, which hold the service of the turn before: {timed}");
        }
    }

    /// <summary>Whole prompts begin as those of the turn before.</summary>
    private bool IsDelta()
    {
        bool later = false;
        foreach (List<Turn> turns in sessions.Select(session => session.Turns))
        {
            for (int i = 1; i < turns.Count; i++)
            {
                if (turns[i].Ids > 0 && turns[i - 1].Ids > 0)
                {
                    if (ids[turns[i].FirstId] == ids[turns[i - 1].FirstId])
                    {
                        return false;
                    }
                    later = true;
                }
            }
        }
        return later;
    }

    private void BuildPrompt(in Turn turn, int before, int outputBefore)
    {
        PromptBuilder prompt = builder.Prompt;
        Span<int> own = CollectionsMarshal.AsSpan(ids).Slice(turn.FirstId, turn.Ids);
        prompt.Clear();
        if (before >= 0)
        {
            Node call = builder.NodeAt(before);
            foreach (Segment segment in call.Prompt)
            {
                prompt.Add(segment.Stream, segment.Offset, segment.Length);
            }
            prompt.Add(call.Output, 0, outputBefore);
        }
        if (own.IsEmpty)
        {
            prompt.Add(builder.NewStream(), 0, turn.Input);
            return;
        }
        MooncakeReader.AppendBlocks(prompt, blocks, own, turn.Input);
    }
}
