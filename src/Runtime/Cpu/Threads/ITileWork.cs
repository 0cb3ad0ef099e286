namespace Cortex.Runtime.Cpu.Threads;

/// <summary>Work cut into tiles that can be done in any order, by any thread, at the same time. What a tile computes must not depend on who does it.</summary>
public interface ITileWork
{
    /// <summary>Does one tile.</summary>
    /// <param name="tile">From 0.</param>
    /// <param name="thread">Who does it, from 0 (the caller of <see cref="WorkCrew.Run"/>) to threads − 1; no other tile runs under this number meanwhile: for scratch space.</param>
    void Run(int tile, int thread);
}
