namespace Cortex.Workloads;

/// <summary>
/// Deep research: plan, search for several things at once, read each find, judge what is there; if it is not enough, another round; then
/// write the report. All rounds that are allowed stand in the trace with their truth.
/// </summary>
public sealed record ResearchProfile : ProgramProfile
{
    /// <inheritdoc/>
    public override string Name => "research";

    /// <summary>Tokens of the instructions of a plan, of reading, of judging and of the report, each shared by all.</summary>
    public int Instructions { get; init; } = 900;

    /// <summary>Tokens of the question.</summary>
    public Spread Question { get; init; } = new(90, 0.6, 15, 600);

    /// <summary>Searches of a round.</summary>
    public Spread FanOut { get; init; } = new(5, 0.35, 2, 12);

    /// <summary>Most rounds, 1 or more.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Probability that a round, if another is allowed, is not enough.</summary>
    public double More { get; init; } = 0.45;

    /// <summary>Microseconds of a search.</summary>
    public Spread Search { get; init; } = new(1_200_000, 0.7, 150_000, 30_000_000);

    /// <summary>Tokens of a find.</summary>
    public Spread Find { get; init; } = new(1800, 0.6, 200, 8000);

    /// <summary>Probability that a search finds nothing, so that nothing is read.</summary>
    public double Empty { get; init; } = 0.08;

    /// <summary>Tokens of a plan.</summary>
    public Spread Plan { get; init; } = new(170, 0.4, 40, 600);

    /// <summary>Tokens of what is noted of a find.</summary>
    public Spread Notes { get; init; } = new(230, 0.5, 40, 900);

    /// <summary>Tokens of a judgement.</summary>
    public Spread Judgement { get; init; } = new(70, 0.4, 20, 300);

    /// <summary>Tokens of the report.</summary>
    public Spread Report { get; init; } = new(1100, 0.4, 300, 4000);

    internal override IProgram Make(Draws draws) => new ResearchProgram(this, draws);
}
