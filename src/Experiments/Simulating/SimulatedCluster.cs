using System.Globalization;
using Cortex.CostModels;
using Cortex.Experiments.Config;
using Cortex.Policies;
using Cortex.Serving;

namespace Cortex.Experiments.Simulating;

/// <summary>The engine groups of an experiment file, engine by engine.</summary>
internal sealed class SimulatedCluster
{
    private readonly List<string> names = [];
    private readonly List<EngineSettings> engines = [];
    private readonly List<IStepCost> costs = [];
    private readonly List<ResolvedEngine> kinds = [];

    /// <exception cref="InputException">More engines than a core can number.</exception>
    public SimulatedCluster(IReadOnlyList<ResolvedEngine> groups, CostSettings costSettings)
    {
        var models = new List<string>();
        foreach (ResolvedEngine group in groups)
        {
            if (!models.Contains(group.Model.Name))
            {
                models.Add(group.Model.Name);
            }
            var model = new ModelId((byte)models.IndexOf(group.Model.Name));
            IStepCost cost = group.StepCost(costSettings);
            for (int index = 0; index < group.Written.Count; index++)
            {
                names.Add(string.Create(CultureInfo.InvariantCulture, $"{group.Settings.Name}-{index}"));
                engines.Add(group.Settings with { Model = model });
                costs.Add(cost);
                kinds.Add(group);
            }
        }
        if (engines.Count > ushort.MaxValue || models.Count > byte.MaxValue)
        {
            throw new InputException(
                groups[^1].Written.Mark,
                $"cluster.engines: {engines.Count} engines with {models.Count} models; allowed: at most {ushort.MaxValue} and {byte.MaxValue}");
        }
    }

    /// <summary>Such as <c>sql-0</c>, by worker.</summary>
    public IReadOnlyList<string> Names => names;

    public IReadOnlyList<EngineSettings> Engines => engines;

    /// <summary>The group of each engine.</summary>
    public IReadOnlyList<ResolvedEngine> Kinds => kinds;

    /// <summary>Step times, one entry an engine.</summary>
    public IReadOnlyList<IStepCost> Costs => costs;
}
