using Cortex.Policies;
using Cortex.Policies.Random;
using Cortex.Peers.Tests.Product;
using Cortex.Peers.Tests.Vidur;
using Cortex.Peers.Tests.Vllm;
using Cortex.Peers.Tests.Vllm.Random;
using Cortex.Serving;

namespace Cortex.Peers.Tests.Repeating;

/// <summary>Calls and the steps at which they come, end, and are given up: all that an engine meets from outside.</summary>
/// <param name="Calls">In order of arrival.</param>
/// <param name="AbortsBetween">Given up between the end of the step before and the planning of this one.</param>
/// <param name="AbortsWithin">Given up while the step is in progress.</param>
public sealed record CallScript(
    EngineSettings Settings,
    VictimOrder Victims,
    IReadOnlyList<ScriptedCall> Calls,
    IReadOnlyDictionary<int, IReadOnlyList<int>> AbortsBetween,
    IReadOnlyDictionary<int, IReadOnlyList<int>> AbortsWithin)
{
    private static readonly Dictionary<int, IReadOnlyList<int>> Nothing = [];

    /// <summary>The inputs of a random scenario of vLLM, synchronous, under any dialect. Some calls end before their declared length.</summary>
    public static CallScript OfVllmScenario(ulong seed, string dialect)
    {
        VllmInputs inputs = VllmScenario.Inputs(seed);
        RandomStream random = new(seed, "true-lengths");
        double early = random.Pick([0.0, 0.3]);
        bool byPriority = inputs.Config.ByPriority;
        EngineSettings settings = CoreVllm.Settings(inputs.Config, inputs.Release) with { Dialect = dialect, AsyncScheduling = false };
        VictimOrder victims = byPriority ? VictimOrder.LargestKey : VictimOrder.YoungestAdmission;
        int longest = new EngineCore(settings, victims).MaxTokens;
        return new CallScript(
            settings,
            victims,
            [
                .. from request in inputs.Requests
                   let call = StepPlanEngine.Call(request)
                   where Math.Min(call.PromptTokens + call.MaxTokens, settings.MaxModelLen) <= longest
                   select new ScriptedCall(
                       call,
                       byPriority ? call.Priority : request.Id,
                       request.Arrival,
                       random.Chance(early) ? random.Between(1, call.MaxTokens) : call.MaxTokens),
            ],
            inputs.AbortsBeforeSchedule,
            inputs.AbortsBeforeUpdate);
    }

    /// <summary>The inputs of a random scenario of Vidur under any dialect: many steps between arrivals.</summary>
    public static CallScript OfVidurScenario(ulong seed, string dialect)
    {
        const double StepsPerSecond = 100;
        VidurCase scenario = VidurScenario.Case(seed);
        return new CallScript(
            CoreVidur.Settings(scenario.Run) with { Dialect = dialect },
            VictimOrder.YoungestAdmission,
            [
                .. scenario.Requests.Select(request => new ScriptedCall(
                    CoreVidur.Call(request), request.Id, (int)(request.ArrivedAt * StepsPerSecond), request.OutputTokens)),
            ],
            Nothing,
            Nothing);
    }
}

/// <summary>A call of a script.</summary>
/// <param name="Key">Key of the scheduling policy.</param>
/// <param name="Step">Arrives before this step is planned.</param>
/// <param name="Output">Tokens after which it really ends, if it is not cut by a declared maximum before.</param>
public sealed record ScriptedCall(CallRequest Request, long Key, int Step, int Output);
