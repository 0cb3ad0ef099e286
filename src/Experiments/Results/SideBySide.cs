using System.Runtime.ExceptionServices;

namespace Cortex.Experiments.Results;

/// <summary>Work in parts that do not depend on each other, some of them at a time. A fault is thrown as the part threw it.</summary>
internal static class SideBySide
{
    /// <param name="jobs">Parts at a time; with one, they come in the order given.</param>
    public static void Run(int jobs, params Action[] parts) => For(jobs, parts.Length, part => parts[part]());

    /// <param name="jobs">Parts at a time; with one, they come in order.</param>
    /// <param name="count">Parts, numbered from 0.</param>
    /// <exception cref="OperationCanceledException">Cancelled; some parts were not begun.</exception>
    public static void For(int jobs, int count, Action<int> part, CancellationToken cancellation = default)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, part);
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }
}
