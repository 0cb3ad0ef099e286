using Cortex.CostModels;
using Cortex.Experiments.Config;
using Cortex.Policies.Registry;
using Cortex.Serving.Decisions;
using Cortex.Serving.Journal;
using Cortex.Serving.Parity;
using Cortex.Sim.Parity;

namespace Cortex.Experiments.Validation;

/// <summary>What the journals of live runs tell: parity of all three levels, added up, and the steps against the cost model.</summary>
internal sealed class LiveParity
{
    private readonly PolicyRegistry registry = new();
    private readonly long[] recorded = new long[Enum.GetValues<DecisionAxis>().Length];
    private readonly long[] simulated = new long[Enum.GetValues<DecisionAxis>().Length];
    private readonly long[] equal = new long[Enum.GetValues<DecisionAxis>().Length];

    public int Runs { get; private set; }

    /// <summary>Runs whose replay took every decision again.</summary>
    public int Identical { get; private set; }

    public long Executed { get; private set; }

    public long AsPlanned { get; private set; }

    /// <summary>Free simulation with the recorded device times, by axis.</summary>
    public IEnumerable<AxisAgreement> Axes => Enum.GetValues<DecisionAxis>().Select(axis => new AxisAgreement(axis, recorded[(int)axis], simulated[(int)axis], equal[(int)axis]));

    /// <summary>Takes in a run.</summary>
    /// <param name="costs">The cost model of each engine.</param>
    /// <returns>Its steps against the cost model.</returns>
    /// <exception cref="InputException">The journal cannot be used.</exception>
    public StepAudit Add(string journal, IReadOnlyList<IStepCost> costs)
    {
        try
        {
            return Read(journal, costs);
        }
        catch (JournalException fault)
        {
            throw new InputException($"{journal}: {fault.Message}; allowed: the journal as it was written, or none (delete the folder, and everything is run again)");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{journal}: {FileFault.Of(fault)}; allowed: the journal as it was written, or none (delete the folder, and everything is run again)");
        }
    }

    private StepAudit Read(string journal, IReadOnlyList<IStepCost> costs)
    {
        RecordedRun run;
        ReplayResult replay;
        using (JournalReader reader = new(File.OpenRead(journal)))
        {
            run = RecordedRun.Read(reader, registry, out replay);
        }
        Runs++;
        Identical += replay.IsIdentical ? 1 : 0;
        Executed += run.Execution.Executed;
        AsPlanned += run.Execution.Equal;
        foreach (AxisAgreement axis in DecisionComparison.Of(run.Decisions, FreeSimulation.Run(run, run.DeviceTimes, registry)).Axes)
        {
            recorded[(int)axis.Axis] += axis.Recorded;
            simulated[(int)axis.Axis] += axis.Simulated;
            equal[(int)axis.Axis] += axis.Equal;
        }
        var audit = new StepAudit(costs);
        using (JournalReader reader = new(File.OpenRead(journal)))
        {
            JournalReplay.Run(reader, registry, audit);
        }
        return audit;
    }
}
