using Cortex.Policies.Random;

namespace Cortex.Workloads;

/// <summary>
/// The chance of a generated trace, a stream for each thing that is drawn: whoever changes how long outputs are gets the same graphs and
/// outcomes at the same times.
/// </summary>
/// <param name="Arrivals">When workflows arrive.</param>
/// <param name="Shape">What they do: branches, outcomes, fan-out, turns, which tool.</param>
/// <param name="Lengths">Tokens.</param>
/// <param name="Times">Tools and people.</param>
internal sealed record Draws(RandomStream Arrivals, RandomStream Shape, RandomStream Lengths, RandomStream Times)
{
    public static Draws Of(string program, ulong seed)
    {
        if (program == Nl2SqlProfile.ProgramName)
        {
            // One stream for all, as when the bundled trace was made.
            var one = new RandomStream(seed, program);
            return new(one, one, one, one);
        }
        return new(Stream("arrivals"), Stream("shape"), Stream("lengths"), Stream("times"));

        RandomStream Stream(string what) => new(seed, $"{program} {what}");
    }
}
