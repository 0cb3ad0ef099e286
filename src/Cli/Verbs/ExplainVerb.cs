using System.CommandLine;
using Cortex.Experiments;

namespace Cortex.Cli.Verbs;

/// <summary><c>cortex explain</c>: the decisions of one cell, or what two cells decide differently.</summary>
internal static class ExplainVerb
{
    public static Verb Create(Surroundings surroundings)
    {
        var cells = new Argument<string[]>("cell")
        {
            Description = "One cell or two of results folders: FOLDER of a run; FOLDER:POLICY,axis=value,repetition=n of a sweep; or FOLDER/cells/KEY.json. Or one journal or two of cortex run --journal.",
            Arity = new ArgumentArity(1, 2),
        };
        var workflow = new Option<string?>("--workflow")
        {
            Description = "A workflow by its id, or by its number in the trace; left out, with one cell: the one that took longest.",
            HelpName = "id",
        };
        var verb = new Verb(
            "explain",
            "Tell each decision about a workflow and where its time went; of two cells, what they first decide differently, and what that one decision is worth.",
            "sweep experiments/quickstart.yaml --set workload.load=8 --repeat 1",
            "explain results/quickstart:baseline --workflow q17",
            "explain results/quickstart:baseline results/quickstart:prefix",
            "run --journal run.journal",
            "explain run.journal")
        {
            cells, workflow,
        };
        verb.SetAction(parsed => Explain.Run(
            new ExplainOptions { Cells = parsed.GetValue(cells)!, Workflow = parsed.GetValue(workflow) },
            surroundings.Console, surroundings.Errors, surroundings.Cancellation));
        return verb;
    }
}
