using Cortex.Policies;

namespace Cortex.Serving;

/// <summary>
/// What the device reports of a step, or of a run of equal steps taken in one go. Every row that was planned to yield a token has yielded
/// one in each of the steps. Owned by the backend, which may reuse it after the core has handled the fact.
/// </summary>
public sealed class StepResult
{
    /// <summary>Number of the (first) step, see <see cref="StepPlan.Number"/>.</summary>
    public long Step { get; set; }

    /// <summary>Steps taken, at least 1; more only as far as <see cref="StepPlan.RepeatLimit"/> allowed.</summary>
    public int Count { get; set; } = 1;

    /// <summary>
    /// How long the device took for them all: from the moment at which it had the plan and had ended the step before, to the last step's end.
    /// </summary>
    public Duration DeviceTime { get; set; }

    /// <summary>
    /// What the engine really computed, as <see cref="Parity.StepContent"/> mixes it; 0 if it computed nothing. The core does not look at it: it
    /// stands in the journal to be compared with the plan.
    /// </summary>
    public ulong Executed { get; set; }

    /// <summary>When the steps of a run ended, in order: as many as <see cref="Count"/> in all. Empty if the device does not tell: they took equally long then.</summary>
    public List<StepStretch> Stretches { get; set; } = [];

    /// <summary>Handles (<see cref="CallRequest.Tag"/>) of the calls whose last token of the last step was a stop token.</summary>
    public List<int> Stopped { get; } = [];
}
