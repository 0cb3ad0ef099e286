using System.Text.Json;
using Cortex.Policies;

namespace Cortex.CostModels;

/// <summary>The GPU and model descriptions that come with the product, one data file each.</summary>
public static class HardwareCatalog
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Names of the GPUs, in ordinal order.</summary>
    public static IReadOnlyList<string> Gpus => Names("gpus/");

    /// <summary>Names of the models, in ordinal order.</summary>
    public static IReadOnlyList<string> Models => Names("models/");

    /// <exception cref="CostModelException">There is no such GPU; the message names the nearest.</exception>
    public static GpuDescription Gpu(string name) => Read<GpuDescription>("GPU", "gpus/", name);

    /// <exception cref="CostModelException">There is no such model; the message names the nearest.</exception>
    public static ModelDescription Model(string name) => Read<ModelDescription>("model", "models/", name);

    private static T Read<T>(string what, string folder, string name)
    {
        using Stream file = typeof(HardwareCatalog).Assembly.GetManifestResourceStream($"{folder}{name}.json")
            ?? throw new CostModelException(NearestName.Unknown(what, name, Names(folder)));
        return JsonSerializer.Deserialize<T>(file, Format)!;
    }

    private static string[] Names(string folder) =>
    [
        .. typeof(HardwareCatalog).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name))
            .Order(StringComparer.Ordinal),
    ];
}
