using Cortex.Experiments.Config;
using Cortex.Workloads;

namespace Cortex.Experiments.Profiles;

/// <summary>Reads <c>arrivals</c> of a profile.</summary>
internal static class ArrivalReader
{
    private const string Positive = "a number above 0";
    private static readonly string[] Processes = ["poisson", "gamma", "mmpp", "closed"];

    /// <exception cref="InputException">An unknown process, or a figure that it cannot have.</exception>
    public static ArrivalProcess Read(MapReader reader)
    {
        ArrivalProcess process = reader.Choice("process", Processes, "poisson") switch
        {
            "gamma" => new ArrivalProcess.Gamma(Rate(reader), reader.Number("cv", 1, value => value is > 0 and <= 100, "a number above 0, at most 100")),
            "mmpp" => Mmpp(reader),
            "closed" => new ArrivalProcess.Closed(),
            _ => new ArrivalProcess.Poisson(Rate(reader)),
        };
        reader.Finish();
        return process;
    }

    private static double Rate(MapReader reader) => reader.Number("rate", 2, IsRate, "workflows a second, above 0 and at most 1000000");

    private static bool IsRate(double value) => value is > 1e-6 and <= 1e6;

    private static ArrivalProcess.Mmpp Mmpp(MapReader reader)
    {
        List<MmppState> states = [];
        foreach (MapReader state in reader.List("states", "a list of states such as [{rate: 1, stay: 60s}, {rate: 8, stay: 10s}]"))
        {
            double rate = state.Number("rate", 0, value => value == 0 || IsRate(value), "workflows a second, 0 or more");
            double stay = state.Time("stay")?.Seconds ?? 0;
            state.Finish();
            states.Add(stay > 0 ? new(rate, stay) : throw new InputException(state.Mark, $"arrivals.states: stay is missing or 0; allowed: {DurationText.Allowed}, {Positive}"));
        }
        return states.Any(state => state.Rate > 0)
            ? new([.. states])
            : throw new InputException(reader.Mark, "arrivals.states: nobody ever arrives; allowed: one state or more with a rate above 0");
    }
}
