using System.CommandLine;
using System.CommandLine.Help;
using Cortex.Cli.Verbs;
using Cortex.Experiments;

namespace Cortex.Cli;

/// <summary>The command <c>cortex</c>: reads the arguments, runs one verb, and turns whatever happens into an exit code.</summary>
public static class CommandLine
{
    private static readonly (string Name, Func<Surroundings, Verb> Create)[] Verbs =
    [
        ("run", RunVerb.Create),
        ("sweep", SweepVerb.Create),
        ("report", ReportVerb.Create),
        ("capacity", CapacityVerb.Create),
        ("compare", CompareVerb.Create),
        ("replay", ReplayVerb.Create),
        ("calibrate", CalibrateVerb.Create),
        ("validate", ValidateVerb.Create),
        ("explain", ExplainVerb.Create),
        ("bench", BenchVerb.Create),
        ("policies", PoliciesVerb.Create),
        ("trace", TraceVerb.Create),
        ("doctor", DoctorVerb.Create),
    ];

    private const string Description = "Studies policies for serving agentic LLM workflows: which stage gets which GPUs, which call runs next, whose KV cache stays.";

    /// <param name="cancellation">Asks the verb to stop.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        var verbose = new Option<bool>("--verbose") { Description = "Show where an internal error came from.", Recursive = true };
        RootCommand root = Root(new Surroundings(arguments, output, errors, cancellation), verbose, arguments is [var first, ..] ? first : "");
        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (UsageError.Of(parsed) is { } fault)
        {
            errors.WriteLine(fault);
            return ExitCode.BadInput;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = errors,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception exception)
        {
            errors.WriteLine(parsed.GetValue(verbose)
                ? exception.ToString()
                : $"internal error: {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")} (--verbose shows where)");
            return ExitCode.Internal;
        }
    }

    private static RootCommand Root(Surroundings surroundings, Option<bool> verbose, string asked)
    {
        var root = new RootCommand(Description) { verbose };
        // All of them take longer to describe than one takes to start.
        bool isKnown = Verbs.Any(verb => verb.Name == asked);
        foreach ((string name, Func<Surroundings, Verb> create) in Verbs)
        {
            if (!isKnown || name == asked)
            {
                root.Add(create(surroundings));
            }
        }
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        var showHelp = new HelpWithExample((HelpAction)help.Action!);
        help.Action = showHelp;
        foreach (Command group in root.Subcommands.Where(verb => verb.Subcommands.Count > 0).Prepend(root))
        {
            group.SetAction(showHelp.Invoke);
        }
        return root;
    }
}
