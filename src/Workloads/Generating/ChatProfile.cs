namespace Cortex.Workloads;

/// <summary>A person talks with a model, turn by turn, and thinks in between.</summary>
public sealed record ChatProfile : ProgramProfile
{
    /// <inheritdoc/>
    public override string Name => "chat";

    /// <summary>Tokens of the instructions, shared by all.</summary>
    public int System { get; init; } = 350;

    /// <summary>Mean number of turns, 1 or more: geometric.</summary>
    public double Turns { get; init; } = 6;

    /// <summary>Most turns.</summary>
    public int MostTurns { get; init; } = 40;

    /// <summary>Tokens of what the person writes.</summary>
    public Spread Message { get; init; } = new(40, 0.9, 3, 1500);

    /// <summary>Tokens of a reply.</summary>
    public Spread Reply { get; init; } = new(210, 0.7, 5, 2000);

    /// <summary>Microseconds in which the person reads, thinks and types.</summary>
    public Spread Think { get; init; } = new(25_000_000, 0.8, 1_000_000, 600_000_000);

    internal override IProgram Make(Draws draws) => new ChatProgram(this, draws);
}
