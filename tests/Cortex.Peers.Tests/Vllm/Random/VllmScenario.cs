using Cortex.Peers.Tests.Vllm.Plain;
using Cortex.Policies.Random;

namespace Cortex.Peers.Tests.Vllm.Random;

/// <summary>
/// Random runs of the kinds that the recorded ones have, and their combinations. Equal seeds give equal scenarios; the expected
/// decisions are those of the plain reference.
/// </summary>
public static class VllmScenario
{
    private static readonly Version[] Releases = [new(0, 19), new(0, 24), new(0, 27), new(0, 28), new(0, 31), new(0, 32), new(0, 32), new(0, 32)];

    /// <summary>Inputs of a scenario.</summary>
    public static VllmInputs Inputs(ulong seed)
    {
        RandomStream random = new(seed, "vllm-scenario");
        Version release = random.Pick(Releases);
        VllmConfig config = RandomConfig.Draw(random, release);
        IReadOnlyList<VllmRequest> requests = new RandomRequests(random, config).Draw();
        (Dictionary<int, IReadOnlyList<int>> beforeSchedule, Dictionary<int, IReadOnlyList<int>> beforeUpdate) = RandomAborts.Draw(random, requests);
        return new VllmInputs(release, config, requests, beforeSchedule, beforeUpdate);
    }

    /// <summary>A scenario with every decision of the plain reference.</summary>
    public static VllmLog Log(ulong seed) => Record($"seed {seed}", Inputs(seed));

    /// <summary>Plays inputs on the plain reference and writes down what it decides.</summary>
    public static VllmLog Record(string name, VllmInputs inputs)
    {
        VllmDriver driver = new(inputs, new PlainVllm(inputs.Config, inputs.Release));
        List<VllmStep> steps = [.. driver.Run()];
        return new VllmLog(
            name, inputs.Release, inputs.Config, [.. inputs.Requests.Select(request => request with { Result = driver.ResultOf(request.Id) })], steps);
    }
}
