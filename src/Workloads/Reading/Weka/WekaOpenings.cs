using System.Globalization;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Makes the opening of prompts, tool definitions and system prompt, one stream for all sessions in which both are as long, in whole
/// blocks; their ids differ from session to session.
/// </summary>
internal sealed class WekaOpenings
{
    private readonly Dictionary<(int Tools, int System), StreamId> streams = [];

    /// <summary>Replaces the start of the prompt that has just been put together.</summary>
    public void Share(WekaSession session, WorkloadBuilder builder)
    {
        long opening = ((long)session.ToolTokens + session.SystemTokens) / session.BlockSize * session.BlockSize;
        PromptBuilder prompt = builder.Prompt;
        int shared = (int)Math.Min(opening, prompt.Tokens / session.BlockSize * session.BlockSize);
        if (shared == 0)
        {
            return;
        }
        if (!streams.TryGetValue((session.ToolTokens, session.SystemTokens), out StreamId stream))
        {
            streams[(session.ToolTokens, session.SystemTokens)] = stream = builder.NewStream();
            builder.NameStream(stream, string.Create(CultureInfo.InvariantCulture, $"g:claude-code:{session.ToolTokens},{session.SystemTokens}"));
        }
        Segment[] whole = prompt.ToArray();
        prompt.Clear();
        prompt.Add(stream, 0, shared);
        int skip = shared;
        foreach (Segment segment in whole)
        {
            int gone = Math.Min(skip, segment.Length);
            skip -= gone;
            prompt.Add(segment.Stream, segment.Offset + gone, segment.Length - gone);
        }
    }
}
