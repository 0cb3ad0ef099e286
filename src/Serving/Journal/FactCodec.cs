using Cortex.Policies;

namespace Cortex.Serving.Journal;

/// <summary>A fact as a record: kind, time, then what that kind of fact has.</summary>
internal static class FactCodec
{
    private const int SegmentBytes = 12;

    public static void Write(RecordEncoder target, in Fact fact)
    {
        target.Byte((byte)fact.Kind);
        target.Int64(fact.At.Ns);
        switch (fact.Kind)
        {
            case FactKind.CallArrived:
                Write(target, fact.Call!);
                break;
            case FactKind.StepFinished:
                target.UInt16(fact.Worker.Value);
                Write(target, fact.Result!);
                break;
            case FactKind.LastStepBegun:
                target.UInt16(fact.Worker.Value);
                target.Int32(fact.Tag);
                break;
            case FactKind.ToolFinished or FactKind.ToolFailed:
                target.Int32(fact.Tag);
                target.UInt16(fact.Outcome);
                break;
            default:
                target.Int32(fact.Tag);
                break;
        }
    }

    /// <exception cref="FormatException">The record is no fact.</exception>
    public static Fact Read(ref RecordDecoder source)
    {
        var kind = (FactKind)source.Byte();
        Instant at = new(source.Int64());
        return kind switch
        {
            FactKind.CallArrived => new() { Kind = kind, At = at, Call = ReadCall(ref source) },
            FactKind.StepFinished => new() { Kind = kind, At = at, Worker = new(source.UInt16()), Result = ReadResult(ref source) },
            FactKind.LastStepBegun => new() { Kind = kind, At = at, Worker = new(source.UInt16()), Tag = source.Int32() },
            FactKind.ToolFinished or FactKind.ToolFailed => new() { Kind = kind, At = at, Tag = source.Int32(), Outcome = source.UInt16() },
            _ when Enum.IsDefined(kind) => new() { Kind = kind, At = at, Tag = source.Int32() },
            _ => throw new FormatException($"no kind of fact has the number {(byte)kind}"),
        };
    }

    private static void Write(RecordEncoder target, CallRequest call)
    {
        target.Int32(call.Tag);
        target.Int32(call.WorkflowTag);
        target.UInt16(call.Stage.Value);
        target.Int32(call.Priority);
        target.Int32(call.PromptTokens);
        target.Int32(call.MaxTokens);
        target.Int32(call.Output.Value);
        target.Int32(call.Prompt.Length);
        foreach (Segment segment in call.Prompt)
        {
            target.Int32(segment.Stream.Value);
            target.Int32(segment.Offset);
            target.Int32(segment.Length);
        }
    }

    private static CallRequest ReadCall(ref RecordDecoder source)
    {
        int tag = source.Int32();
        int workflow = source.Int32();
        StageId stage = new(source.UInt16());
        int priority = source.Int32();
        int promptTokens = source.Int32();
        int maxTokens = source.Int32();
        StreamId output = new(source.Int32());
        Segment[] prompt = new Segment[source.Count(SegmentBytes)];
        for (int i = 0; i < prompt.Length; i++)
        {
            prompt[i] = new(new(source.Int32()), source.Int32(), source.Int32());
        }
        return new()
        {
            Tag = tag,
            WorkflowTag = workflow,
            Stage = stage,
            Priority = priority,
            Prompt = prompt,
            PromptTokens = promptTokens,
            MaxTokens = maxTokens,
            Output = output,
        };
    }

    private static void Write(RecordEncoder target, StepResult result)
    {
        target.Int64(result.Step);
        target.Int32(result.Count);
        target.Int64(result.DeviceTime.Ns);
        target.UInt64(result.Executed);
        target.Int32(result.Stopped.Count);
        foreach (int tag in result.Stopped)
        {
            target.Int32(tag);
        }
    }

    private static StepResult ReadResult(ref RecordDecoder source)
    {
        StepResult result = new() { Step = source.Int64(), Count = source.Int32(), DeviceTime = new(source.Int64()), Executed = source.UInt64() };
        int stopped = source.Count(sizeof(int));
        for (int i = 0; i < stopped; i++)
        {
            result.Stopped.Add(source.Int32());
        }
        return result;
    }
}
