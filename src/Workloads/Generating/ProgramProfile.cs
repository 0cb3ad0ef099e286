namespace Cortex.Workloads;

/// <summary>What generated workflows do, with everything that can be set about it.</summary>
public abstract record ProgramProfile
{
    /// <summary>Name of the program, which is also the class of its workflows.</summary>
    public abstract string Name { get; }

    internal abstract IProgram Make(Draws draws);
}

/// <summary>All that a generated trace is made from, but its seed.</summary>
/// <param name="Program">What workflows do.</param>
/// <param name="Arrivals">When they arrive.</param>
public sealed record WorkloadProfile(ProgramProfile Program, ArrivalProcess Arrivals);
