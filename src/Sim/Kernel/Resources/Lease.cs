using Cortex.Policies;

namespace Cortex.Sim.Kernel;

/// <summary>A slot of a resource, to be given back once: <c>using</c> does.</summary>
public readonly struct Lease : IDisposable
{
    private readonly Request? request;
    private readonly int generation;

    internal Lease(Request request)
    {
        this.request = request;
        generation = request.Generation;
    }

    /// <summary>Since when it is held.</summary>
    /// <exception cref="InvalidOperationException">It has been given back.</exception>
    public Instant UsageSince => request is not null && request.Generation == generation
        ? request.UsageSince!.Value
        : throw new InvalidOperationException("the lease has been given back");

    /// <summary>Gives the slot back; does nothing if it has been, or was taken away.</summary>
    public void Dispose()
    {
        if (request is not null && request.Generation == generation)
        {
            request.Resource.EndLease(request);
        }
    }
}
