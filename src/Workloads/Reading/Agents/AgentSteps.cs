using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Builds the prompts of agents of which only lengths are known, and whose prompts grow: what a call's prompt has of the prompt and the
/// output of the call before, and what is new.
/// </summary>
internal sealed class AgentSteps(WorkloadBuilder builder)
{
    /// <summary>Prompts that are shorter than the call before with its output.</summary>
    public long Shrunk { get; private set; }

    /// <summary>
    /// Puts the prompt of a continuation together: the prompt before, the output before, then new text. If the new prompt is shorter than
    /// prompt and output before it, the output is cut, then the prompt.
    /// </summary>
    /// <param name="before">Tag of the call before.</param>
    /// <param name="output">Its output in tokens, as the file has it.</param>
    /// <param name="tokens">Length of the new prompt.</param>
    /// <param name="results">Results that are new: their streams and lengths; cut or, if all together are too short, followed by private text.</param>
    public void Continue(int before, int output, int tokens, ReadOnlySpan<(StreamId Stream, int Tokens)> results)
    {
        PromptBuilder prompt = builder.Prompt;
        prompt.Clear();
        Node call = builder.NodeAt(before);
        int left = tokens;
        foreach (Segment segment in call.Prompt)
        {
            left -= Append(segment.Stream, segment.Offset, Math.Min(segment.Length, left));
        }
        Shrunk += left < output ? 1 : 0;
        left -= Append(call.Output, 0, Math.Min(output, left));
        foreach ((StreamId stream, int length) in results)
        {
            left -= Append(stream, 0, Math.Min(length, left));
        }
        if (left > 0)
        {
            prompt.Add(builder.NewStream(), 0, left);
        }
    }

    /// <summary>Puts the first prompt of a history together: an opening that others share, as far as the prompt goes, then private text.</summary>
    public void Open(StreamId shared, int sharedTokens, int tokens)
    {
        builder.Prompt.Clear();
        int opening = Math.Min(sharedTokens, tokens);
        Append(shared, 0, opening);
        if (tokens > opening)
        {
            builder.Prompt.Add(builder.NewStream(), 0, tokens - opening);
        }
    }

    /// <summary>Tells what was counted.</summary>
    public void Note()
    {
        if (Shrunk > 0)
        {
            builder.Note($"prompts shorter than prompt and output of the call before, which are cut: {Shrunk}");
        }
    }

    private int Append(StreamId stream, int offset, int length)
    {
        builder.Prompt.Add(stream, offset, length);
        return length;
    }
}
