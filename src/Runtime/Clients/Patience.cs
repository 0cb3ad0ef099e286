using Cortex.Policies;
using Cortex.Policies.Random;

namespace Cortex.Runtime.Clients;

/// <summary>How long one client waits for one call.</summary>
/// <param name="Tokens">Gives up after so many tokens; <see cref="int.MaxValue"/>: tokens do not matter.</param>
/// <param name="Wait">Gives up after that time; null: time does not matter.</param>
internal readonly record struct Patience(int Tokens, Duration? Wait)
{
    private static readonly Patience Endless = new(int.MaxValue, null);

    public static Patience Of(int tag, GiveUpOptions? options)
    {
        if (options is null)
        {
            return Endless;
        }
        RandomStream draw = new(options.Seed, FormattableString.Invariant($"patience of call {tag}"));
        if (draw.NextDouble() >= options.Share)
        {
            return Endless;
        }
        return draw.NextInt(2) == 0
            ? new(1 + draw.NextInt(options.MostTokens), null)
            : new(int.MaxValue, new((long)(draw.NextDouble() * options.MostWait.Ns)));
    }
}
