using Cortex.Policies;

namespace Cortex.Runtime.Clients;

/// <summary>Clients that give up calls before their end: some after a number of tokens, as many after a time.</summary>
/// <param name="Seed">Seed of the draws; each call has a stream of its own, so that who gives up does not depend on timing.</param>
/// <param name="Share">Share of the calls whose client may give up, 0 to 1.</param>
/// <param name="MostTokens">Tokens after which the most patient gives up, at least 1.</param>
/// <param name="MostWait">Time after which the most patient gives up, more than 0.</param>
public sealed record GiveUpOptions(ulong Seed, double Share, int MostTokens, Duration MostWait);
