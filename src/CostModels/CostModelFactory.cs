using System.Globalization;
using Cortex.Policies;

namespace Cortex.CostModels;

/// <summary>Cost models by the names and options of an experiment file's <c>costs</c> entry.</summary>
public static class CostModelFactory
{
    /// <summary>Names that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["roofline", "closed-form:vidur", "closed-form:aisimulate", "constant", "fitted", "table"];

    /// <summary>Option that stands for what the option <c>file</c> names: <see cref="FileOf"/>.</summary>
    public const string FileContent = "sha256";

    // Well within what a backend can time, also two of them together.
    internal const int LongestSeconds = 1_000;

    /// <summary>What the option <c>file</c> of a model has to name; null if the model needs none.</summary>
    public static string? FileOf(string name) => name switch
    {
        "fitted" => "a file that cortex calibrate has written",
        "table" => StepTable.Allowed,
        _ => null,
    };

    /// <summary>A cost model for one group of engines.</summary>
    /// <param name="name">
    /// <c>roofline</c>, without options; <c>closed-form:vidur</c>, with <c>layers</c> (32); <c>closed-form:aisimulate</c>, with
    /// <c>timing</c> (<c>polynomial</c>, or <c>fixed</c> with <c>prefill</c> (10ms) and <c>decode</c> (5ms)); or <c>constant</c>, with
    /// <c>prefill</c> (10ms), <c>decode</c> (5ms) and <c>both</c> (their sum), durations such as <c>10ms</c>; or <c>fitted</c> or <c>table</c>, with <c>file</c>.
    /// </param>
    /// <param name="options">Options of the entry besides its name.</param>
    /// <param name="gpu">The group's GPU, null for an engine on the processor; matters to the roofline alone, which needs one.</param>
    /// <param name="model">The group's model; as above.</param>
    /// <param name="tensorParallel">The group's tensor-parallel degree; as above.</param>
    /// <param name="kvTokens">Tokens for which the engine's KV blocks have room; matters to <c>closed-form:aisimulate</c> alone.</param>
    /// <exception cref="CostModelException">Unknown name or option (the message names the nearest), or an impossible value.</exception>
    public static IStepCost Create(
        string name, IReadOnlyDictionary<string, string> options, GpuDescription? gpu, ModelDescription model, int tensorParallel,
        long kvTokens)
    {
        switch (name)
        {
            case "roofline":
                Allow(name, options);
                return new RooflineCost(gpu ?? throw new CostModelException("model: roofline knows GPUs alone; allowed for an engine on the processor: fitted, with what cortex calibrate measures, or constant"), model, tensorParallel);
            case "closed-form:vidur":
                Allow(name, options, "layers");
                return new ClosedFormVidurCost(Layers(options));
            case "closed-form:aisimulate":
                return Aisimulate(name, options, kvTokens);
            case "constant":
                Allow(name, options, "prefill", "decode", "both");
                double prefill = Seconds(options, "prefill", 0.010);
                double decode = Seconds(options, "decode", 0.005);
                return new ConstantCost(prefill, decode, Seconds(options, "both", prefill + decode));
            case "fitted":
                return FittedCostFile.Read(PathOf(name, options)).Cost();
            case "table":
                return StepTable.Read(PathOf(name, options));
            default:
                throw new CostModelException(NearestName.Unknown("cost model", name, Names));
        }
    }

    private static ClosedFormAisimulateCost Aisimulate(string name, IReadOnlyDictionary<string, string> options, long kvTokens)
    {
        switch (options.GetValueOrDefault("timing", "polynomial"))
        {
            case "polynomial":
                Allow(name, options, "timing");
                return ClosedFormAisimulateCost.Polynomial(kvTokens);
            case "fixed":
                Allow(name, options, "timing", "prefill", "decode");
                return ClosedFormAisimulateCost.Fixed(Seconds(options, "prefill", 0.010), Seconds(options, "decode", 0.005));
            default:
                throw new CostModelException(NearestName.Unknown("timing", options["timing"], ["polynomial", "fixed"]));
        }
    }

    private static string PathOf(string name, IReadOnlyDictionary<string, string> options)
    {
        Allow(name, options, "file", FileContent);
        return options.GetValueOrDefault("file") ?? throw new CostModelException($"model: {name} needs file; allowed: {FileOf(name)}");
    }

    private static void Allow(string name, IReadOnlyDictionary<string, string> options, params string[] known)
    {
        if (options.Keys.Where(key => !known.Contains(key)).Order(StringComparer.Ordinal).FirstOrDefault() is { } stranger)
        {
            throw new CostModelException(NearestName.Unknown($"option of cost model {name}", stranger, known));
        }
    }

    private static int Layers(IReadOnlyDictionary<string, string> options)
    {
        if (!options.TryGetValue("layers", out string? text))
        {
            return 32;
        }
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int layers) && layers > 0
            ? layers
            : throw new CostModelException($"layers must be a whole number of at least 1, not '{text}'");
    }

    private static double Seconds(IReadOnlyDictionary<string, string> options, string key, double otherwise)
    {
        if (!options.TryGetValue(key, out string? text))
        {
            return otherwise;
        }
        (string Unit, double Divisor)[] units = [("ns", 1e9), ("us", 1e6), ("ms", 1e3), ("s", 1)];
        foreach ((string unit, double divisor) in units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal))
            {
                bool number = double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
                return number && value / divisor is > 0 and <= LongestSeconds and var seconds ? seconds : throw Bad(key, text);
            }
        }
        throw Bad(key, text);
    }

    private static CostModelException Bad(string key, string text) => new($"{key} must be a duration of more than 0 and at most {LongestSeconds}s such as 10ms (ns, us, ms or s), not '{text}'");
}
