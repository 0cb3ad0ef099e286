using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cortex.CostModels;

/// <summary>A file of fitted step times, as <c>cortex calibrate</c> writes it: JSON, seconds.</summary>
public sealed record FittedCostFile
{
    /// <summary>Value of <see cref="Format"/>.</summary>
    public const string FormatName = "cortex-step-times-3";

    public required string Format { get; init; }

    /// <summary>What was measured: model, engine, machine.</summary>
    public required string Source { get; init; }

    /// <summary>Numbers of tokens, ascending, from 1.</summary>
    public required IReadOnlyList<int> Tokens { get; init; }

    /// <summary>While the machine's other engines are idle.</summary>
    public required StepTimes Alone { get; init; }

    /// <summary>While they all decode; absent where there are none.</summary>
    public StepTimes? BesideDecodes { get; init; }

    /// <summary>Error on points that were measured and not fitted, as shares of the measured times: median, 90th percentile, largest.</summary>
    public required IReadOnlyList<double> HeldOutErrors { get; init; }

    /// <exception cref="CostModelException">There is no such file, or it is none of this format.</exception>
    public static FittedCostFile Read(string path)
    {
        try
        {
            FittedCostFile file = JsonSerializer.Deserialize(File.ReadAllBytes(path), FittedCostJson.Default.FittedCostFile)!;
            if (file?.Format != FormatName)
            {
                throw new CostModelException($"{path}: the format is '{file?.Format}'; allowed: {FormatName}");
            }
            file.Cost();
            return file;
        }
        catch (JsonException fault)
        {
            throw new CostModelException($"{path}: no file of fitted step times: {fault.Message.ReplaceLineEndings(" ")}; allowed: what cortex calibrate writes");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CostModelException($"{path}: {fault.Message}; allowed: a file that cortex calibrate has written");
        }
    }

    /// <summary>The bytes of the file.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, FittedCostJson.Default.FittedCostFile);

    /// <exception cref="CostModelException">The numbers make no step times.</exception>
    public FittedCost Cost() => new(Tokens, Alone, BesideDecodes);
}

[JsonSourceGenerationOptions(
    WriteIndented = true, RespectNullableAnnotations = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(FittedCostFile))]
internal sealed partial class FittedCostJson : JsonSerializerContext;
