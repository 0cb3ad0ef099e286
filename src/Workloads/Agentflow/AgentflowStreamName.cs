using System.Globalization;

namespace Cortex.Workloads;

/// <summary>The name of a stream, taken apart.</summary>
/// <param name="Kind">One of <c>g</c>, <c>u</c>, <c>x</c>, <c>o</c>, <c>r</c>.</param>
/// <param name="Node">Number of the node that yields it; −1 if it is none's.</param>
internal readonly record struct AgentflowStreamName(char Kind, int Node)
{
    /// <summary>True if a node of the workflow yields it.</summary>
    public bool IsYielded => Kind is 'o' or 'r';

    /// <summary>False if no stream can have that name.</summary>
    public static bool TryParse(string name, out AgentflowStreamName parsed)
    {
        switch (name)
        {
            case ['g' or 'u' or 'x', ':', _, ..]:
                parsed = new(name[0], -1);
                return true;
            case ['o' or 'r', ':', ..] when int.TryParse(name.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int node):
                parsed = new(name[0], node);
                return true;
            default:
                parsed = default;
                return false;
        }
    }
}
