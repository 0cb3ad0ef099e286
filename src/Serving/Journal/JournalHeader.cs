using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cortex.Policies.Registry;

namespace Cortex.Serving.Journal;

/// <summary>How a journal's core was made: all that a replay needs, and what a reader wants to know.</summary>
public sealed record JournalHeader
{
    /// <summary>The experiment's resolved configuration as text, for people; may be empty.</summary>
    public required string Configuration { get; init; }

    /// <summary>Name and parameters of the cost model behind estimates and simulated steps, as text; may be empty.</summary>
    public required string Estimator { get; init; }

    /// <summary>Cluster, program and seed, with <see cref="ServingSettings.RepeatSteps"/> off.</summary>
    public required ServingSettings Settings { get; init; }

    /// <summary>One entry an axis, every option spelt out.</summary>
    public required IReadOnlyList<JournalPolicy> Policies { get; init; }

    /// <summary>Describes a core that is about to be made.</summary>
    /// <param name="settings">What the core is made with.</param>
    /// <param name="policies">The policies it is made with.</param>
    /// <param name="configuration">See <see cref="Configuration"/>.</param>
    /// <param name="estimator">See <see cref="Estimator"/>.</param>
    /// <exception cref="ArgumentException">Steps would be repeated, so that the journal would not hold every step.</exception>
    public static JournalHeader Of(ServingSettings settings, PolicySet policies, string configuration = "", string estimator = "")
    {
        if (settings.RepeatSteps)
        {
            throw new ArgumentException("a journal holds every step, so steps may not be repeated", nameof(settings));
        }
        ImmutableArray<object> instances = [policies.Pooling, policies.Routing, policies.Scheduling];
        return new()
        {
            Configuration = configuration,
            Estimator = estimator,
            Settings = settings,
            Policies = [.. policies.Resolved.Select((policy, i) =>
                new JournalPolicy(policy.Axis, policy.Name, policy.Options, instances[i].GetType().Module.ModuleVersionId))],
        };
    }

    /// <summary>The policies as they can be asked for again.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, PolicyRequest> Requests =>
        Policies.ToDictionary(policy => policy.Axis, policy => new PolicyRequest(policy.Name, policy.Options.ToDictionary()));

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options());

    /// <exception cref="JsonException">The text is no header.</exception>
    internal static JournalHeader FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<JournalHeader>(json, Options()) ?? throw new JsonException("no header");

    private static JsonSerializerOptions Options() => new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true };
}

/// <summary>A policy of a journal.</summary>
/// <param name="Axis">Name of its axis.</param>
/// <param name="Name">Its registered name.</param>
/// <param name="Options">Every option.</param>
/// <param name="Build">Version id of the module with its code. Builds are deterministic: equal sources have equal ids.</param>
public sealed record JournalPolicy(string Axis, string Name, IReadOnlyList<KeyValuePair<string, string>> Options, Guid Build);
