namespace Cortex.Workloads;

/// <summary>
/// A coding agent that reasons and acts in turn (Yao et al., ICLR 2023): it calls one tool or a few at once, reads what they say, and goes
/// on until it is done; then it sums up. The steps that it would have taken had it gone on stand in the trace, untaken.
/// </summary>
public sealed record ReActProfile : ProgramProfile
{
    /// <inheritdoc/>
    public override string Name => "react";

    /// <summary>Tokens of instructions and tool descriptions, shared by all.</summary>
    public int System { get; init; } = 2800;

    /// <summary>Tokens of the description of each repository; the k-th is worked on with a share of 1/k.</summary>
    public ValueList<int> Repositories { get; init; } = [1900, 3200, 1100, 2400];

    /// <summary>Tokens of the task.</summary>
    public Spread Task { get; init; } = new(220, 0.6, 40, 1500);

    /// <summary>Mean number of steps, 1 or more: geometric.</summary>
    public double Steps { get; init; } = 9;

    /// <summary>Most steps.</summary>
    public int MostSteps { get; init; } = 40;

    /// <summary>Untaken steps kept behind the last.</summary>
    public int Beyond { get; init; } = 2;

    /// <summary>Tokens of a thought with its tool calls.</summary>
    public Spread Thought { get; init; } = new(180, 0.7, 20, 1500);

    /// <summary>Share of a thought that is reasoning, which later prompts drop.</summary>
    public double Reasoning { get; init; } = 0.3;

    /// <summary>Share of the steps with one tool, two, three, …; they sum to 1.</summary>
    public ValueList<double> Parallel { get; init; } = [0.8, 0.15, 0.05];

    /// <summary>The tools, with shares that sum to 1.</summary>
    public ValueList<ToolProfile> Tools { get; init; } =
    [
        new("read", 0.40, new(25_000, 0.6, 2_000, 2_000_000), new(700, 0.9, 20, 6000), 0.04, ToolEffect.Pure),
        new("search", 0.22, new(180_000, 0.7, 10_000, 5_000_000), new(350, 0.8, 10, 4000), 0.08, ToolEffect.Pure),
        new("edit", 0.22, new(40_000, 0.5, 5_000, 1_000_000), new(60, 0.4, 10, 400), 0.10, ToolEffect.Write),
        new("test", 0.16, new(9_000_000, 1.0, 300_000, 300_000_000), new(450, 0.9, 20, 5000), 0.35, ToolEffect.Idempotent),
    ];

    /// <summary>Probability that a speculator would have predicted a tool call right.</summary>
    public double Predictable { get; init; } = 0.6;

    /// <summary>Tokens of the summary.</summary>
    public Spread Summary { get; init; } = new(160, 0.5, 30, 800);

    /// <summary>Probability that the task is done well.</summary>
    public double Success { get; init; } = 0.6;

    internal override IProgram Make(Draws draws) => new ReActProgram(this, draws);
}

/// <summary>A tool of <see cref="ReActProfile"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">How often it is chosen, 0 to 1.</param>
/// <param name="Time">Microseconds that it takes.</param>
/// <param name="Result">Tokens of its result.</param>
/// <param name="Errors">Share of its calls that come out as <c>error</c>.</param>
/// <param name="Effect">What running it does to the world.</param>
public sealed record ToolProfile(string Name, double Share, Spread Time, Spread Result, double Errors, ToolEffect Effect);
