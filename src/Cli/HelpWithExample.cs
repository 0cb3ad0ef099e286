using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Cortex.Cli;

/// <summary>The usual help, and at its end an example.</summary>
internal sealed class HelpWithExample(HelpAction usual) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        string example = parseResult.CommandResult.Command is Verb verb ? verb.Example : "cortex sweep experiments/quickstart.yaml";
        parseResult.InvocationConfiguration.Output.WriteLine($"Example:{Environment.NewLine}  {example}");
        return code;
    }
}
