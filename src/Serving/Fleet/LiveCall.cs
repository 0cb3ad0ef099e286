using Cortex.Policies;

namespace Cortex.Serving.Fleet;

/// <summary>A call on a worker.</summary>
internal sealed record LiveCall(Sequence Sequence, WorkerId Worker);
