using Cortex.Policies;

namespace Cortex.Serving.Decisions;

/// <summary>
/// Hears all that goes into a core, before it is acted on, and every decision that comes of it: what a journal is made of. Who wants the
/// decisions alone leaves the rest as it is.
/// </summary>
public interface ICoreTap : IDecisionSink
{
    /// <summary>A fact is about to be taken in.</summary>
    void Handling(in Fact fact)
    {
    }

    /// <summary>A batch of facts is about to be closed: engines plan.</summary>
    void Settling(Instant now)
    {
    }

    /// <summary>The run is over; <paramref name="fingerprint"/> is that of all decisions.</summary>
    void Closing(Instant now, ulong fingerprint)
    {
    }
}
