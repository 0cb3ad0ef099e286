using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cortex.Policies;

namespace Cortex.CostModels;

/// <summary>The GPU and model descriptions that come with the product, one data file each.</summary>
public static class HardwareCatalog
{
    /// <summary>Names of the GPUs, in ordinal order.</summary>
    public static IReadOnlyList<string> Gpus => Names("gpus/");

    /// <summary>Names of the models, in ordinal order.</summary>
    public static IReadOnlyList<string> Models => Names("models/");

    /// <exception cref="CostModelException">There is no such GPU; the message names the nearest.</exception>
    public static GpuDescription Gpu(string name) => Read("GPU", "gpus/", name, HardwareJson.Default.GpuDescription);

    /// <exception cref="CostModelException">There is no such model; the message names the nearest.</exception>
    public static ModelDescription Model(string name) => Read("model", "models/", name, HardwareJson.Default.ModelDescription);

    private static T Read<T>(string what, string folder, string name, JsonTypeInfo<T> format)
    {
        using Stream file = typeof(HardwareCatalog).Assembly.GetManifestResourceStream($"{folder}{name}.json")
            ?? throw new CostModelException(NearestName.Unknown(what, name, Names(folder)));
        return JsonSerializer.Deserialize(file, format)!;
    }

    private static string[] Names(string folder) =>
    [
        .. typeof(HardwareCatalog).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name))
            .Order(StringComparer.Ordinal),
    ];
}
