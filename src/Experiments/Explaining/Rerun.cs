using Cortex.Policies.Registry;

namespace Cortex.Experiments.Explaining;

/// <summary>What is said of a run before it is explained.</summary>
internal static class Rerun
{
    /// <summary>The cell, its policies, and whether the run decides as the stored one did.</summary>
    public static string Title(StoredCell cell, string fingerprint)
    {
        string policies = string.Join(", ", cell.Cell.Policies.Resolved.Select(Policy));
        string stored = cell.Fingerprint is null ? "the stored run failed"
            : cell.Fingerprint == fingerprint ? "decides as the stored run did"
            : $"the stored run, live or of another program, decided otherwise: fingerprint {cell.Fingerprint}";
        return $"{cell.Name} ({policies}); fingerprint {fingerprint}, {stored}";
    }

    private static string Policy(ResolvedPolicy policy) => policy.Options.Count == 0
        ? $"{policy.Axis} {policy.Name}"
        : $"{policy.Axis} {policy.Name} {string.Join(' ', policy.Options.Select(option => $"{option.Key}={option.Value}"))}";
}
