using Cortex.Policies.Registry;

namespace Cortex.Policies.Tests;

/// <summary>Every registered policy, so that the conformance suite covers a new one without being told.</summary>
internal static class Registered
{
    public static TheoryData<string> Names(PolicyAxis axis, Func<PolicyDescription, bool>? filter = null) =>
        [.. new PolicyRegistry().Policies.Where(policy => policy.Axis == axis && filter?.Invoke(policy) != false).Select(policy => policy.Name)];

    /// <summary>A fresh instance, options as given in pairs.</summary>
    public static T Make<T>(PolicyAxis axis, string name, params (string Key, string Value)[] options) =>
        (T)new PolicyRegistry().Find(axis, name).Create(options.ToDictionary(option => option.Key, option => option.Value)).Policy;
}
