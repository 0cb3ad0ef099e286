namespace Cortex.Workloads;

/// <summary>
/// Questions to a database: pick the tables, write SQL, run it; on an error or an empty result fix it and run again; answer. Every fix that
/// is allowed stands in the trace with its truth, taken or not. The defaults are those of the bundled trace.
/// </summary>
public sealed record Nl2SqlProfile : ProgramProfile
{
    /// <summary>Its name.</summary>
    public const string ProgramName = "nl2sql";

    /// <inheritdoc/>
    public override string Name => ProgramName;

    /// <summary>Most fixes of one question, 0 or more.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>How the first try comes out.</summary>
    public SqlOutcomes FirstTry { get; init; } = new(0.55, 0.30, 0.15);

    /// <summary>How each fix comes out.</summary>
    public SqlOutcomes LaterTry { get; init; } = new(0.60, 0.25, 0.15);

    /// <summary>Tokens of the schema of each database; the k-th is asked with a share of 1/k.</summary>
    public ValueList<int> Schemas { get; init; } = [1460, 930, 2210, 720, 1830, 1140, 2040, 610];

    /// <summary>Tokens of the question.</summary>
    public Spread Question { get; init; } = new(32, 0.5, 10, 120);

    /// <summary>Tokens of the list of tables.</summary>
    public Spread Links { get; init; } = new(70, 0.3, 50, 120);

    /// <summary>Tokens of SQL.</summary>
    public Spread Sql { get; init; } = new(115, 0.4, 50, 300);

    /// <summary>Tokens of the answer.</summary>
    public Spread Answer { get; init; } = new(110, 0.4, 50, 300);

    /// <summary>Tokens of a result that came out.</summary>
    public Spread Rows { get; init; } = new(120, 0.8, 10, 800);

    /// <summary>Tokens of an error.</summary>
    public Spread Error { get; init; } = new(45, 0.3, 15, 120);

    /// <summary>Microseconds that the database takes.</summary>
    public Spread Execution { get; init; } = new(60_000, 1.0, 2_000, 5_000_000);

    internal override IProgram Make(Draws draws) => new Nl2SqlProgram(this, draws);
}

/// <summary>Probabilities of how SQL comes out, which sum to 1.</summary>
/// <param name="Ok">Rows come back.</param>
/// <param name="Error">The database refuses it.</param>
/// <param name="Empty">No rows come back.</param>
public readonly record struct SqlOutcomes(double Ok, double Error, double Empty);
