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

    private StreamId? global;
    private int lane;
    private int laneLast;
    private int parentLast;
    private long cutPrompts;
    private long longTails;

    /// <summary>Appends the session as a workflow.</summary>
    public void Add(WekaSession session, in JsonCursor json)
    {
        if (builder.NativeBlock != 0 && builder.NativeBlock != session.BlockSize)
        {
            throw json.Fault($"block_size is {session.BlockSize}", $"that of the sessions before, {builder.NativeBlock}");
        }
        builder.NativeBlock = session.BlockSize;
        builder.ChainedBlocks = true;
        builder.ClosedByDefault = true;
        StreamId blocks = session.Local == true ? builder.NewStream() : global ??= builder.NewStream();
        int first = builder.NextTag;
        lane = -1;
        parentLast = -1;
        openLanes.Clear();
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
        if (cutPrompts > 0)
        {
            builder.Note($"blocks listed beyond the prompt's length were cut: {cutPrompts} calls");
        }
        if (longTails > 0)
        {
            builder.Note($"prompts longer than their listed blocks by a block or more, the rest is private: {longTails} calls");
        }
    }

    private void BuildPrompt(WekaSession session, in WekaRequest request, StreamId blocks, in JsonCursor json)
    {
        int size = session.BlockSize;
        int largestId = int.MaxValue / size - 1;
        PromptBuilder prompt = builder.Prompt;
        prompt.Clear();
        long left = request.PromptTokens;
        foreach ((int id, int count) in CollectionsMarshal.AsSpan(session.Ranges).Slice(request.FirstRange, request.RangeCount))
        {
            long last = (long)id + count - 1;
            if (last > largestId)
            {
                throw json.Fault($"hash_ranges go to id {last}", $"ids from 0 to {largestId}");
            }
            prompt.Add(blocks, id * size, (int)Math.Clamp(left, 0, (long)count * size));
            left -= (long)count * size;
        }
        cutPrompts += left < 0 ? 1 : 0;
        longTails += left >= size ? 1 : 0;
        if (left > 0)
        {
            prompt.Add(builder.NewStream(), 0, (int)left);
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
        int after = before;
        if (before >= 0 && request.ThinkNs > 0)
        {
            after = builder.AddPause(request.AfterTool ? NodeKind.Tool : NodeKind.Human, request.AfterTool ? tool : human, request.ThinkNs, [before]);
        }
        else if (before < 0 && lane >= 0)
        {
            after = parentLast;
        }
        if (lane >= 0)
        {
            laneLast = builder.AddCall(subAgent, request.OutputTokens, after < 0 ? [] : [after], builder.NewStream());
            return;
        }
        if (after >= 0)
        {
            openLanes.Insert(0, after);
        }
        parentLast = builder.AddCall(main, request.OutputTokens, CollectionsMarshal.AsSpan(openLanes), builder.NewStream());
        openLanes.Clear();
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
