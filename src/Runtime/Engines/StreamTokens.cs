using System.Runtime.CompilerServices;
using Cortex.Policies;
using Cortex.Serving.Decisions;

namespace Cortex.Runtime.Engines;

/// <summary>
/// Token ids for a trace, which knows its tokens only by stream and offset: each gets an id drawn from both, so that equal segments are equal tokens.
/// Outputs are streams too: a call's output is what the trace's later prompts say it was, whatever the model would have sampled.
/// </summary>
public sealed class StreamTokens
{
    private readonly int[] allowed;

    /// <param name="vocabulary">Ids that the model knows, from 0.</param>
    /// <param name="reserved">Ids that no text has in its middle, such as stop tokens.</param>
    /// <exception cref="ArgumentException">No id is left.</exception>
    public StreamTokens(int vocabulary, IReadOnlyCollection<int> reserved)
    {
        allowed = [.. Enumerable.Range(0, vocabulary).Where(id => !reserved.Contains(id))];
        if (allowed.Length == 0)
        {
            throw new ArgumentException($"of {vocabulary} token ids none is left for texts", nameof(vocabulary));
        }
    }

    /// <summary>The id of a token.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IdOf(StreamId stream, int offset)
    {
        ulong mix = DecisionMix.Add(DecisionMix.Add(0, (uint)stream.Value), (uint)offset);
        // Once more, or neighbours would be equally far apart.
        return allowed[(int)Math.BigMul(DecisionMix.Add(mix, 0), (ulong)allowed.Length, out _)];
    }

    /// <summary>Adds the ids of a call's tokens from position <paramref name="start"/> on: its prompt, then its output.</summary>
    public void AddTo(List<int> ids, CallRequest call, int start, int count)
    {
        int segmentStart = 0;
        foreach (Segment segment in call.Prompt)
        {
            for (int position = start; count > 0 && position < segmentStart + segment.Length; position++, start++, count--)
            {
                ids.Add(IdOf(segment.Stream, segment.Offset + position - segmentStart));
            }
            segmentStart += segment.Length;
        }
        for (; count > 0; start++, count--)
        {
            ids.Add(IdOf(call.Output, start - segmentStart));
        }
    }
}
