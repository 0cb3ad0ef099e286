using Cortex.Policies;

namespace Cortex.CostModels;

/// <summary>
/// Step times fitted to measurements of an engine (<c>cortex calibrate</c>): what all tokens of the step take together, as straight lines between measured
/// numbers of tokens, plus terms for rows, for the KV that they read, and for pairs of a new token and one that it sees, for decodes and prefills each.
/// A small chunk behind a long context is bound by reading, a large one by computing; decodes with a common prefix read it once, and compute with it each: hence both.
/// </summary>
/// <remarks>
/// Prefills are measured with the token that they yield, so a chunk that is not its prompt's last is taken for slightly too slow: by one row of the LM
/// head. Beyond the largest number of tokens measured the last line goes on.
/// </remarks>
public sealed class FittedCost : IStepCost
{
    private readonly int[] tokens;
    private readonly StepTimes alone;
    private readonly StepTimes? besideDecodes;

    /// <param name="tokens">Numbers of tokens, ascending, from 1; at least two.</param>
    /// <param name="alone">Times while the machine's other engines are idle.</param>
    /// <param name="besideDecodes">Times while they all decode; null where there are none, or where it makes no difference.</param>
    /// <exception cref="CostModelException">The numbers make no step times.</exception>
    public FittedCost(IReadOnlyList<int> tokens, StepTimes alone, StepTimes? besideDecodes = null)
    {
        bool ascending = tokens.Count >= 2 && tokens[0] == 1;
        for (int i = 1; i < tokens.Count; i++)
        {
            ascending &= tokens[i] > tokens[i - 1];
        }
        if (!ascending || tokens.Count != alone.Seconds.Count || tokens.Count != (besideDecodes ?? alone).Seconds.Count)
        {
            throw new CostModelException("fitted step times need two numbers of tokens or more, from 1 on in ascending order, and a time for each");
        }
        if (!alone.ArePossible || besideDecodes is { ArePossible: false })
        {
            throw new CostModelException("fitted step times must be 0 or more, and more than 0 for a step of one token");
        }
        this.tokens = [.. tokens];
        this.alone = alone;
        this.besideDecodes = besideDecodes;
    }

    /// <inheritdoc/>
    public CostQualification Qualification => CostQualification.Calibrated;

    /// <inheritdoc/>
    public bool MindsNeighbours => besideDecodes is not null;

    /// <inheritdoc/>
    public double Seconds(scoped in StepShape shape, out int alike)
    {
        alike = shape.Prefills.IsEmpty && !MindsContext(alone) && (besideDecodes is null || !MindsContext(besideDecodes)) ? int.MaxValue : 1;
        double time = Of(alone, shape);
        return besideDecodes is null || shape.DecodingNeighbours == 0 ? time : time + (shape.DecodingNeighbours * (Of(besideDecodes, shape) - time));
    }

    /// <summary>Pairs of a token of the chunk and one that it sees: all before it, and half of the chunk.</summary>
    public static double Pairs(PrefillChunk chunk) => chunk.Tokens * (chunk.Before + (chunk.Tokens / 2.0));

    private static bool MindsContext(StepTimes times) => times.Terms is not { DecodeContext: 0, DecodePair: 0 };

    private double Of(StepTimes times, scoped in StepShape shape)
    {
        StepTerms terms = times.Terms;
        double time = OfTokens(times.Seconds, shape.Tokens) + (terms.DecodeRow * shape.DecodeSequences)
            + (terms.DecodeContext * shape.DistinctDecodeContext) + (terms.DecodePair * shape.DecodeContext);
        foreach (PrefillChunk chunk in shape.Prefills)
        {
            time += terms.PrefillRow + (terms.PrefillContext * chunk.Before) + (terms.PrefillPair * Pairs(chunk));
        }
        return time;
    }

    private double OfTokens(IReadOnlyList<double> seconds, int count)
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

/// <summary>Times of steps under one condition.</summary>
/// <param name="Seconds">What so many tokens take together, one entry for each number of tokens of the model, each 0 or more.</param>
/// <param name="Terms">The rest.</param>
public sealed record StepTimes(IReadOnlyList<double> Seconds, StepTerms Terms)
{
    internal bool ArePossible
    {
        get
        {
            double[] all = [.. Seconds, Terms.DecodeRow, Terms.DecodeContext, Terms.DecodePair, Terms.PrefillRow, Terms.PrefillContext, Terms.PrefillPair];
            return Array.TrueForAll(all, time => time >= 0 && double.IsFinite(time)) && Seconds[0] + Terms.DecodeRow > 0 && Seconds[0] + Terms.PrefillRow > 0;
        }
    }
}

/// <summary>Seconds beside what the tokens of a step take together, each 0 or more.</summary>
/// <param name="DecodeRow">Of each decode.</param>
/// <param name="DecodeContext">Of each token of KV that decodes read, what they have in common counted once.</param>
/// <param name="DecodePair">Of each pair of a decode and a token that it sees.</param>
/// <param name="PrefillRow">Of each prompt chunk.</param>
/// <param name="PrefillContext">Of each token of KV before a prompt chunk.</param>
/// <param name="PrefillPair">Of each pair of a chunk's token and one that it sees.</param>
public readonly record struct StepTerms(double DecodeRow, double DecodeContext, double DecodePair, double PrefillRow, double PrefillContext, double PrefillPair);
