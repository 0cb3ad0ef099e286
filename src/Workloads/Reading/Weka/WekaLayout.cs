using System.Globalization;
using System.Runtime.InteropServices;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Makes a workflow of a session. Calls of an agent form a chain, with its <c>think_time</c> as a node in between. A sub-agent hangs below
/// the parent's call before it; the parent's next call waits for its last call as well. The parent's own gap runs at the same time, since
/// the recorded gap covers the sub-agents. Entries between the same two calls of the parent run in parallel.
/// </summary>
internal sealed class WekaLayout(WorkloadBuilder builder)
{
    private readonly StageId main = builder.Stage("main");
    private readonly StageId subAgent = builder.Stage("sub-agent");
    private readonly StageId tool = builder.Stage("tool");
    private readonly StageId human = builder.Stage("human");

    /// <summary>Last calls of sub-agents that the parent has yet to wait for.</summary>
    private readonly List<int> openLanes = [];

    private readonly WekaClock clock = new();
    private readonly WekaOpenings openings = new();
    private readonly bool recorded = builder.Options.Starts == SessionStarts.Recorded;
    private WekaSession session = new();

    private StreamId? global;
    private int lane;
    private int laneLast;
    private int parentLast;
    private long cutPrompts;
    private long longTails;
    private long overlaps;

    /// <summary>Appends the session as a workflow.</summary>
    public void Add(WekaSession of, in JsonCursor json)
    {
        session = of;
        if (builder.NativeBlock != 0 && builder.NativeBlock != session.BlockSize)
        {
            throw json.Fault($"block_size is {session.BlockSize}", $"that of the sessions before, {builder.NativeBlock}");
        }
        builder.NativeBlock = session.BlockSize;
        builder.ChainedBlocks = true;
        builder.ClosedByDefault = true;
        StreamId blocks = session.Local == true ? builder.NewStream() : Global();
        int first = builder.NextTag;
        lane = -1;
        parentLast = -1;
        openLanes.Clear();
        clock.Begin(session);
        foreach (ref readonly WekaRequest request in CollectionsMarshal.AsSpan(session.Requests))
        {
            BuildPrompt(session, request, blocks, json);
            AddRequest(request);
        }
        CloseLane();
        builder.AddWorkflow(session.Id, first, arrival: null, "coding");
    }

    public void Finish()
    {
        builder.Lose("output_types, models and totals of sessions; duration_ms, total_tokens, tool_use_count and status of sub-agents");
        builder.Lose("tool_tokens, system_tokens (share_opening makes a stream of them)");
        if (cutPrompts > 0)
        {
            builder.Note($"blocks listed beyond the prompt's length were cut: {cutPrompts} calls");
        }
        if (overlaps > 0)
        {
            builder.Note($"requests recorded to begin before the one before had ended, taken as following it at once: {overlaps}");
        }
        if (longTails > 0)
        {
            builder.Note($"prompts longer than their listed blocks by a block or more, the rest is private: {longTails} calls");
        }
    }

    private StreamId Global()
    {
        if (global is null)
        {
            global = builder.NewStream();
            builder.ShareStream(global.Value);
        }
        return global.Value;
    }

    private void BuildPrompt(WekaSession session, in WekaRequest request, StreamId blocks, in JsonCursor json)
    {
        int size = session.BlockSize;
        PromptBuilder prompt = builder.Prompt;
        prompt.Clear();
        ReadOnlySpan<(int, int)> ranges = CollectionsMarshal.AsSpan(session.Ranges).Slice(request.FirstRange, request.RangeCount);
        long left = BlockRanges.Append(ranges, blocks, size, request.PromptTokens, prompt, json);
        cutPrompts += left < 0 ? 1 : 0;
        longTails += left >= size ? 1 : 0;
        if (left > 0)
        {
            prompt.Add(builder.NewStream(), 0, (int)left);
        }
        if (builder.Options.ShareOpening && request.Lane < 0)
        {
            openings.Share(session, builder);
        }
    }

    private void AddRequest(in WekaRequest request)
    {
        if (request.Lane != lane)
        {
            CloseLane();
            lane = request.Lane;
            laneLast = -1;
        }
        int before = lane < 0 ? parentLast : laneLast;
        long thinkNs = recorded ? clock.Gap(request) : request.ThinkNs;
        overlaps += thinkNs < 0 ? 1 : 0;
        int after = before;
        if (before >= 0 && thinkNs > 0)
        {
            after = builder.AddPause(request.AfterTool ? NodeKind.Tool : NodeKind.Human, request.AfterTool ? tool : human, thinkNs, [before]);
        }
        else if (before < 0 && lane >= 0)
        {
            after = parentLast;
        }
        if (lane >= 0)
        {
            laneLast = builder.AddCall(subAgent, request.OutputTokens, after < 0 ? [] : [after], builder.NewStream());
            Describe(laneLast, request);
            return;
        }
        if (after >= 0)
        {
            openLanes.Insert(0, after);
        }
        parentLast = builder.AddCall(main, request.OutputTokens, CollectionsMarshal.AsSpan(openLanes), builder.NewStream());
        openLanes.Clear();
        Describe(parentLast, request);
    }

    private void Describe(int tag, in WekaRequest request)
    {
        long start = clock.Advance(request);
        if (recorded && start > 0)
        {
            builder.AddNotBefore(tag, start);
        }
        if (builder.Detail(tag) is { } detail)
        {
            detail.Agent = request.Lane < 0 ? "main" : string.Create(CultureInfo.InvariantCulture, $"{session.LaneStarts[request.Lane].Kind ?? "sub-agent"}-{request.Lane + 1}");
            detail.Model = request.Model;
            detail.Stop = request.Stop is { Length: > 0 } stop ? stop : null;
            detail.Streamed = request.Streamed;
            detail.Observed = new() { StartNs = Math.Max(start, 0), TtftNs = request.TtftNs, E2eNs = request.ApiNs };
        }
    }

    private void CloseLane()
    {
        if (lane >= 0 && laneLast >= 0)
        {
            openLanes.Add(laneLast);
        }
        laneLast = -1;
    }
}
