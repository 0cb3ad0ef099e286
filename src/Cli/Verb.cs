using System.CommandLine;

namespace Cortex.Cli;

/// <summary>A command of <c>cortex</c>. Its help ends with an example that works in the folder of the solution.</summary>
/// <param name="example">What follows <c>cortex</c>.</param>
internal class Verb(string name, string description, string example) : Command(name, description)
{
    public string Example => "cortex " + example;
}
