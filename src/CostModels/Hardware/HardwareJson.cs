using System.Text.Json.Serialization;

namespace Cortex.CostModels;

/// <summary>How the data files are read: code made by the compiler, since reflection would take longer than all of a short command.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(GpuDescription))]
[JsonSerializable(typeof(ModelDescription))]
internal sealed partial class HardwareJson : JsonSerializerContext;
