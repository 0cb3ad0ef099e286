using System.CommandLine;

namespace Cortex.Cli;

/// <summary>A command of <c>cortex</c>. Its help ends with an example that works in the folder of the solution.</summary>
/// <param name="example">What follows <c>cortex</c>, one line or more; the last is of this command.</param>
internal class Verb(string name, string description, params string[] example) : Command(name, description)
{
    public IEnumerable<string> Example => example.Select(line => "cortex " + line);
}
