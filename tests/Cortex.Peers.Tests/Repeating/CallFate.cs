namespace Cortex.Peers.Tests.Repeating;

/// <summary>What became of a call.</summary>
/// <param name="FirstToken">Step that yielded its first token, or −1.</param>
/// <param name="End">Step in which it left.</param>
internal sealed record CallFate(int Tag, long FirstToken, long End, int Produced, int Preemptions, int FirstHit);
