using Cortex.Policies.Random;
using Cortex.Serving;

namespace Cortex.Experiments.Calibration;

/// <summary>Which steps of an engine are measured: prompt chunks over contexts, decodes over contexts with and without a common prefix, both together, and some drawn at random to judge by.</summary>
internal sealed class StepGrid
{
    private const int HeldOut = 24;

    private readonly EngineSettings settings;
    private readonly int longest;
    private readonly List<StepPoint> points = [];

    /// <param name="settings">What steps the engine can have.</param>
    /// <param name="hasNeighbours">Whether the machine has other engines: every step is measured while they are idle, and while they decode.</param>
    /// <param name="seed">Of the points drawn.</param>
    public StepGrid(EngineSettings settings, bool hasNeighbours, ulong seed)
    {
        this.settings = settings;
        longest = Longest(settings);
        Tokens = [.. Knots(Math.Max(2, Math.Min(settings.MaxNumBatchedTokens, longest)))];
        AddPrefills();
        AddDecodes();
        AddBoth();
        AddHeldOut(new(seed, "calibration"));
        if (hasNeighbours)
        {
            points.AddRange([.. points.Select(point => point with { BesideDecodes = true })]);
        }
    }

    /// <summary>Numbers of tokens between which a fit draws lines.</summary>
    public IReadOnlyList<int> Tokens { get; }

    public IReadOnlyList<StepPoint> Points => points;

    /// <summary>Tokens of the longest sequence that an engine can have.</summary>
    public static int Longest(EngineSettings settings) => Math.Min(settings.MaxModelLen, (settings.NumBlocks - 1) * settings.BlockSize);

    private void AddPrefills()
    {
        foreach (int chunk in Tokens)
        {
            foreach (int before in (ReadOnlySpan<int>)[0, longest / 4, longest * 3 / 4])
            {
                Add(new(0, 0, chunk, before));
            }
        }
    }

    private void AddDecodes()
    {
        foreach (int decodes in Powers(settings.MaxNumSeqs))
        {
            foreach (int context in (ReadOnlySpan<int>)[16, longest / 4, longest / 2, longest - 1])
            {
                Add(new(decodes, context, 0, 0));
            }
            foreach (int context in decodes > 1 ? (ReadOnlySpan<int>)[longest / 4, longest / 2] : [])
            {
                Add(new(decodes, context, 0, 0, WholeBlocks(context / 2)));
                Add(new(decodes, context, 0, 0, WholeBlocks(context - 1)));
            }
        }
    }

    private void AddBoth()
    {
        foreach (int decodes in (ReadOnlySpan<int>)[2, settings.MaxNumSeqs - 1])
        {
            foreach (int chunk in Tokens)
            {
                Add(new(decodes, longest / 8, chunk, 0));
            }
        }
    }

    private void AddHeldOut(RandomStream draw)
    {
        for (int found = 0, tried = 0; found < HeldOut && tried < 100 * HeldOut; tried++)
        {
            int decodes = draw.NextInt(3) == 0 ? 0 : 1 + draw.NextInt(settings.MaxNumSeqs);
            // Small chunks are as likely as large ones, as in the grid.
            int chunk = decodes > 0 && draw.NextInt(2) == 0 ? 0 : 1 + draw.NextInt(Tokens[draw.NextInt(Tokens.Count)]);
            int context = 1 + draw.NextInt(longest);
            int shared = decodes > 1 && draw.NextInt(2) == 0 ? WholeBlocks(draw.NextInt(context)) : 0;
            StepPoint point = new(decodes, context, chunk, chunk == 0 ? 0 : draw.NextInt(longest), shared, IsHeldOut: true);
            found += Add(point) ? 1 : 0;
        }
    }

    private bool Add(StepPoint point)
    {
        int rows = point.Decodes + (point.Chunk > 0 ? 1 : 0);
        long blocks = ((long)point.Decodes * Blocks(point.Context)) - (point.SharedTokens / settings.BlockSize) + Blocks(point.Before + point.Chunk);
        bool fits = rows >= 1 && rows <= settings.MaxNumSeqs && point.Tokens <= settings.MaxNumBatchedTokens && blocks < settings.NumBlocks
            && point.Context <= longest && point.Before + point.Chunk <= longest && point.Context >= (point.Decodes > 0 ? 1 : 0);
        if (fits && !points.Contains(point))
        {
            points.Add(point);
            return true;
        }
        return false;
    }

    private int WholeBlocks(int tokens) => tokens / settings.BlockSize * settings.BlockSize;

    private int Blocks(int tokens) => (tokens + settings.BlockSize - 1) / settings.BlockSize;

    /// <summary>Powers of two, six and twelve, and what follows each: kernels work in tiles, and a token more than fills them begins another.</summary>
    private static IEnumerable<int> Knots(int most) => Powers(most).Concat([6, 12]).SelectMany(tile => (int[])[tile, tile + 1]).Where(count => count <= most).Distinct().Order();

    private static IEnumerable<int> Powers(int most)
    {
        for (int power = 1; power < most; power *= 2)
        {
            yield return power;
        }
        yield return most;
    }
}
