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
        IEnumerable<string> example = parseResult.CommandResult.Command is Verb verb ? verb.Example : ["cortex sweep experiments/quickstart.yaml"];
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Example:");
        foreach (string line in example)
        {
            output.WriteLine($"  {line}");
        }
        return code;
    }
}
