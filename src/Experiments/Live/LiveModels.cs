using Cortex.Experiments.Config;
using Cortex.Runtime.Models;

namespace Cortex.Experiments.Live;

/// <summary>The models of live runs, each opened once and shared by its engines.</summary>
internal sealed class LiveModels
{
    private readonly SortedDictionary<string, ModelWeights> open = new(StringComparer.Ordinal);

    /// <exception cref="InputException">It cannot be opened.</exception>
    public ModelWeights Open(ResolvedEngine engine)
    {
        string name = engine.Written.Model;
        if (!open.TryGetValue(name, out ModelWeights? weights))
        {
            try
            {
                open.Add(name, weights = ModelLoader.Open(name));
            }
            catch (ModelException fault)
            {
                throw new InputException(engine.Written.Mark, $"cluster.engines.{engine.Settings.Name}: {fault.Message}");
            }
        }
        return weights;
    }
}
