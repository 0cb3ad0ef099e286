using Cortex.Policies;

namespace Cortex.CostModels.Tests;

/// <summary>
/// Finds the rows of a batch from its counts, as long as nothing is preempted: all calls past their prompt decode; the prompt tokens go to
/// the others in order of arrival.
/// </summary>
internal sealed class VidurBatchReplay(IEnumerable<(int Prompt, int Output)> requests)
{
    private const int Budget = 512;
    private readonly (int Prompt, int Output)[] requests = [.. requests];
    private readonly List<(int Request, int Processed)> decoding = [];
    private readonly List<(int Request, int Processed)> prefilling = [];
    private int next;

    /// <summary>False if the counts do not follow from the rule, which means that something was preempted.</summary>
    public bool TryStep(int decodes, int prefills, int prefillTokens, out long context, out PrefillChunk[] chunks)
    {
        context = decoding.Sum(call => (long)call.Processed);
        chunks = [];
        if (decodes != decoding.Count)
        {
            return false;
        }
        while (prefilling.Count < prefills && next < requests.Length)
        {
            prefilling.Add((next++, 0));
        }
        for (int i = 0; i < decoding.Count; i++)
        {
            decoding[i] = (decoding[i].Request, decoding[i].Processed + 1);
        }
        decoding.RemoveAll(call => call.Processed == requests[call.Request].Prompt + requests[call.Request].Output);
        chunks = new PrefillChunk[prefills];
        int left = Budget - decodes;
        for (int i = 0; i < prefills; i++)
        {
            (int request, int processed) = prefilling[0];
            int tokens = Math.Min(left, requests[request].Prompt - processed);
            chunks[i] = new(processed, tokens);
            left -= tokens;
            if (processed + tokens < requests[request].Prompt)
            {
                prefilling[0] = (request, processed + tokens);
                continue;
            }
            prefilling.RemoveAt(0);
            if (requests[request].Output > 1)
            {
                decoding.Add((request, processed + tokens + 1));
            }
        }
        return chunks.Sum(chunk => chunk.Tokens) == prefillTokens;
    }
}
