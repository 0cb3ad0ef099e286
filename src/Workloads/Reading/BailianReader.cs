using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Qwen-Bailian's anonymised usage traces: a chat turn a line with <c>chat_id</c>, <c>parent_chat_id</c> (−1: none), <c>timestamp</c> (s),
/// <c>input_length</c>, <c>output_length</c>, <c>type</c>, <c>turn</c> and <c>hash_ids</c>, chained ids of 16-token blocks. The turns below
/// one root are a workflow: each is released at its recorded time and, closed loop, after the recorded gap, which holds the service of the
/// turn before as well, since that was not recorded.
/// </summary>
internal sealed class BailianReader(string file, WorkloadBuilder builder) : ILineFormat
{
    private const int Block = 16;

    private readonly record struct Turn(long Chat, long Parent, long Ns, int Input, int Output, string Type, Segment[] Prompt);

    private readonly List<Turn> turns = [];
    private readonly Dictionary<long, int> indices = [];
    private readonly List<ulong> ids = [];
    private readonly AgenticBlocks blocks = new(builder.NewStream(), Block);
    private readonly AgenticPrompts prompts = new(builder);
    private long lastNs;

    public void Read(ReadOnlySpan<byte> line, long number)
    {
        builder.NativeBlock = Block;
        JsonCursor json = new(file, number, line);
        long chat = -1, parent = -1;
        long ns = -1;
        int input = -1, output = -1;
        string type = "";
        bool hasIds = false;
        json.BeginObject("the line");
        while (json.NextKey())
        {
            switch (json.Key())
            {
                case "chat_id": chat = json.ReadLong("chat_id", least: 0); break;
                case "parent_chat_id": parent = json.ReadLong("parent_chat_id", least: -1); break;
                case "timestamp": ns = json.ReadTime("timestamp", TimeText.Second); break;
                case "input_length": input = json.ReadInt("input_length", least: 0); break;
                case "output_length": output = json.ReadInt("output_length", least: 0); break;
                case "type": type = string.Intern(json.ReadString("type")); break;
                case "turn": json.ReadInt("turn", least: 0); break;
                case "hash_ids":
                    hasIds = true;
                    ids.Clear();
                    json.ReadIds("hash_ids", "a hash id", ids);
                    break;
                default: throw json.UnknownKey("a row of Qwen-Bailian", "chat_id", "parent_chat_id", "timestamp", "input_length", "output_length", "type", "turn", "hash_ids");
            }
        }
        json.End();
        if (chat < 0 || ns < 0 || input < 0 || output < 0 || !hasIds)
        {
            string missing = chat < 0 ? "chat_id" : ns < 0 ? "timestamp" : input < 0 ? "input_length" : output < 0 ? "output_length" : "hash_ids";
            throw json.Fault($"{missing} is missing", "a row with chat_id, parent_chat_id, timestamp, input_length, output_length, hash_ids");
        }
        if (ns < lastNs)
        {
            throw json.Fault("timestamp is earlier than in the row before", "rows in order of time");
        }
        lastNs = ns;
        if (!indices.TryAdd(chat, turns.Count))
        {
            throw json.Fault($"a second row of chat_id {chat}", "each chat_id once");
        }
        turns.Add(new(chat, parent, ns, input, output, type, prompts.Build(blocks, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ids), input)));
    }

    public void Finish()
    {
        builder.ChainedBlocks = true;
        AgenticGroups groups = new(turns.Count);
        long orphans = 0;
        for (int i = 0; i < turns.Count; i++)
        {
            if (Parent(i) is int parent and >= 0)
            {
                groups.Join(i, parent);
            }
            else if (turns[i].Parent >= 0)
            {
                orphans++;
            }
        }
        // A turn follows its parent in the file, so groups come by the time of their roots.
        foreach (IGrouping<int, int> chat in Enumerable.Range(0, turns.Count).GroupBy(groups.FirstOf))
        {
            AddChat([.. chat]);
        }
        if (orphans > 0)
        {
            builder.Note($"turns whose parent does not stand before them in the file, taken as first turns: {orphans}");
        }
        int later = turns.Count - builder.WorkflowCount;
        if (later > 0)
        {
            builder.Note($"gaps between turns hold the service of the turn before, which was not recorded: {later}");
        }
        prompts.Note([]);
        builder.Lose("turn (follows from the order)");
    }

    private int Parent(int turn) => indices.TryGetValue(turns[turn].Parent, out int parent) && parent < turn ? parent : -1;

    private void AddChat(int[] members)
    {
        int first = builder.NextTag;
        Dictionary<int, int> tags = [];
        foreach (int i in members)
        {
            Turn turn = turns[i];
            int parent = Parent(i);
            long gap = parent < 0 ? 0 : turn.Ns - turns[parent].Ns;
            builder.Prompt.Clear();
            foreach (Segment segment in turn.Prompt)
            {
                builder.Prompt.Add(segment.Stream, segment.Offset, segment.Length);
            }
            tags[i] = builder.AddCall(builder.Stage(turn.Type.Length > 0 ? turn.Type : "call"), turn.Output, parent < 0 ? [] : [tags[parent]], builder.NewStream(), gap);
            if (members.Length > 1)
            {
                builder.AddRelease(tags[i], turn.Ns);
            }
        }
        builder.AddWorkflow(turns[members[0]].Chat.ToString(System.Globalization.CultureInfo.InvariantCulture), first, new Instant(turns[members[0]].Ns), "chat");
    }
}
