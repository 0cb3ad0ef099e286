namespace Cortex.Sim.Kernel;

/// <summary>A process in the shape in which waits take it. Never called: the kernel resumes processes itself.</summary>
internal sealed class ProcessContinuation(Process frame)
{
    public Process Frame => frame;

    public void Unused() => throw new InvalidOperationException($"process '{frame.Name}' is resumed by its environment alone");
}
