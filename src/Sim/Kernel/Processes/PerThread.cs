namespace Cortex.Sim.Kernel;

/// <summary>
/// One object for each thread. A process's method is called before the process knows an environment, so that the objects which it is
/// made of come from the thread. Which one is taken decides nothing; this is the one place where the kernel looks at threads.
/// </summary>
internal static class PerThread<T>
    where T : class
{
#pragma warning disable RS0030
    [ThreadStatic]
    public static T? Value;
#pragma warning restore RS0030
}
