using Cortex.Policies;

namespace Cortex.CostModels;

/// <summary>
/// Step times fitted to measurements of an engine (<c>cortex calibrate</c>): what all tokens of the step take together, as straight lines between measured
/// numbers of tokens, plus terms for decode rows, the KV that decodes read, prefill rows, and the pairs of a new token and one that it sees.
/// </summary>
/// <remarks>
/// Prefills are measured with the token that they yield, so a chunk that is not its prompt's last is taken for slightly too slow: by one row of the LM
/// head. Beyond the largest number of tokens measured the last line goes on.
/// </remarks>
public sealed class FittedCost : IStepCost
{
    private readonly int[] tokens;
    private readonly double[] seconds;
    private readonly StepTerms terms;

    /// <param name="tokens">Numbers of tokens, ascending, from 1; at least two.</param>
    /// <param name="seconds">What so many take together, each 0 or more.</param>
    /// <param name="terms">The rest.</param>
    /// <exception cref="CostModelException">The numbers make no step times.</exception>
    public FittedCost(IReadOnlyList<int> tokens, IReadOnlyList<double> seconds, StepTerms terms)
    {
        bool ascending = tokens.Count >= 2 && tokens[0] == 1;
        for (int i = 1; i < tokens.Count; i++)
        {
            ascending &= tokens[i] > tokens[i - 1];
        }
        if (!ascending || tokens.Count != seconds.Count)
        {
            throw new CostModelException("fitted step times need two numbers of tokens or more, from 1 on in ascending order, and a time for each");
        }
        double[] all = [.. seconds, terms.DecodeRow, terms.DecodeContext, terms.PrefillRow, terms.PrefillPair];
        if (!Array.TrueForAll(all, time => time >= 0 && double.IsFinite(time)) || seconds[0] + terms.DecodeRow <= 0 || seconds[0] + terms.PrefillRow <= 0)
        {
            throw new CostModelException("fitted step times must be 0 or more, and more than 0 for a step of one token");
        }
        this.tokens = [.. tokens];
        this.seconds = [.. seconds];
        this.terms = terms;
    }

    /// <inheritdoc/>
    public CostQualification Qualification => CostQualification.Calibrated;

    /// <inheritdoc/>
    public double Seconds(scoped in StepShape shape, out int alike)
    {
        double time = OfTokens(shape.Tokens) + (terms.DecodeRow * shape.DecodeSequences) + (terms.DecodeContext * shape.DecodeContext);
        alike = shape.Prefills.IsEmpty && terms.DecodeContext == 0 ? int.MaxValue : 1;
        foreach (PrefillChunk chunk in shape.Prefills)
        {
            time += terms.PrefillRow + (terms.PrefillPair * Pairs(chunk));
        }
        return time;
    }

    /// <summary>Pairs of a token of the chunk and one that it sees: all before it, and half of the chunk.</summary>
    public static double Pairs(PrefillChunk chunk) => chunk.Tokens * (chunk.Before + (chunk.Tokens / 2.0));

    private double OfTokens(int count)
    {
        int right = 1;
        while (right < tokens.Length - 1 && tokens[right] < count)
        {
            right++;
        }
        double share = (double)(count - tokens[right - 1]) / (tokens[right] - tokens[right - 1]);
        return Math.Max(0, seconds[right - 1] + (share * (seconds[right] - seconds[right - 1])));
    }
}

/// <summary>Seconds beside what the tokens of a step take together, each 0 or more.</summary>
/// <param name="DecodeRow">Of each decode.</param>
/// <param name="DecodeContext">Of each token of KV that decodes read.</param>
/// <param name="PrefillRow">Of each prompt chunk.</param>
/// <param name="PrefillPair">Of each pair of a chunk's token and one that it sees.</param>
public readonly record struct StepTerms(double DecodeRow, double DecodeContext, double PrefillRow, double PrefillPair);
