using System.Diagnostics.CodeAnalysis;

namespace Cortex.Sim.Kernel;

/// <summary>The refusals of what is called for every event: apart, since a method that builds a message pays for it at every call.</summary>
internal static class Refusals
{
    [DoesNotReturn]
    public static void NegativeDelay(long length) =>
        throw new ArgumentOutOfRangeException(nameof(length), length, $"a delay cannot be negative: {length} ns");

    [DoesNotReturn]
    public static void BeyondTime(long now, long delay) =>
        throw new OverflowException($"{delay} ns from {now} ns lies beyond the end of time, {long.MaxValue} ns");

    [DoesNotReturn]
    public static void TooManyTimers() =>
        throw new InvalidOperationException($"a run can set at most {EventOrder.MaxSequence} timers, {EventOrder.MaxSlots - 1} at a time");

    [DoesNotReturn]
    public static void AlreadyTriggered() => throw new InvalidOperationException("the event has already been triggered");

    [DoesNotReturn]
    public static void AlreadyStarted(Process process) => throw new InvalidOperationException($"process '{process.Name}' has already been started");

    [DoesNotReturn]
    public static void AwaitedBefore(Process process) => throw new InvalidOperationException(
        $"'{process.Name}' has been awaited before: start it with env.Process to wait for it more than once");

    [DoesNotReturn]
    public static void OtherEnvironment(Process process) =>
        throw new InvalidOperationException($"process '{process.Name}' waits for an event of another environment");
}
