namespace Cortex.Sim.Kernel;

/// <summary>
/// What a thread keeps for processes: their methods are called before the process knows an environment. Which thread it is decides
/// nothing; this file is the one place where the kernel looks at it.
/// </summary>
internal static class PerThread
{
#pragma warning disable RS0030
    /// <summary>Called, and neither started nor awaited.</summary>
    [ThreadStatic]
    public static UnstartedProcesses? Unstarted;
#pragma warning restore RS0030
}

/// <summary>The same, for one method.</summary>
/// <typeparam name="TStateMachine">Of the method.</typeparam>
internal static class PerThread<TStateMachine>
{
#pragma warning disable RS0030
    /// <summary>Its objects that are to be used again.</summary>
    [ThreadStatic]
    public static ProcessPool? Pool;
#pragma warning restore RS0030
}
