namespace Cortex.Sim.Kernel;

/// <summary>Names of methods, from the types that the compiler makes of them: <c>&lt;Customer&gt;d__3</c> is Customer.</summary>
internal static class MethodNames
{
    public static string Of(Type stateMachine)
    {
        string name = stateMachine.Name;
        int begin = name.LastIndexOf('<', name.IndexOf('>') is var close and > 0 ? close : name.Length - 1) + 1;
        int end = name.IndexOf('>', begin);
        string method = end > begin ? name[begin..end] : name;
        // A local function: <<Outer>g__Inner|0_1>d.
        int local = name.IndexOf(">g__", StringComparison.Ordinal);
        return local < 0 ? method : name[(local + 4)..].Split('|')[0];
    }
}
