using System.Reflection;

namespace Cortex.Policies.Registry;

/// <summary>A registered policy: what it is, and how to make one.</summary>
public sealed class PolicyDescription
{
    private readonly ConstructorInfo constructor;
    private readonly ConstructorInfo? optionsConstructor;
    private PolicyOption[]? options;

    internal PolicyDescription(PolicyAxis axis, Type implementation, PolicyAttribute attribute)
    {
        Axis = axis;
        Implementation = implementation;
        (Name, Rule, Source, IgnoresOrder) = (attribute.Name, attribute.Rule, attribute.Source, attribute.IgnoresOrder);
        constructor = implementation.GetConstructors() is [var only] && only.GetParameters().Length <= 1
            ? only
            : throw new InvalidOperationException($"{implementation} needs one public constructor, without parameters or with one options record.");
        optionsConstructor = constructor.GetParameters() is [var options] ? options.ParameterType.GetConstructors()[0] : null;
    }

    public PolicyAxis Axis { get; }

    public string Name { get; }

    /// <summary>The rule in one sentence.</summary>
    public string Rule { get; }

    public string Source { get; }

    /// <inheritdoc cref="PolicyAttribute.IgnoresOrder"/>
    public bool IgnoresOrder { get; }

    public Type Implementation { get; }

    /// <summary>Read from the options record when first asked for: most runs use three policies of all.</summary>
    public IReadOnlyList<PolicyOption> Options => options ??= [.. (optionsConstructor?.GetParameters() ?? []).Select(parameter => new PolicyOption(parameter))];

    /// <summary>Makes a fresh instance.</summary>
    /// <exception cref="PolicyException">An unknown option, or a value that the option does not allow.</exception>
    public (object Policy, ResolvedPolicy Resolved) Create(IReadOnlyDictionary<string, string> options)
    {
        foreach (string given in options.Keys.Order(StringComparer.Ordinal))
        {
            if (Options.All(option => option.Name != given))
            {
                throw new PolicyException($"{Axis.Name} {Name}: " + (Options.Count == 0
                    ? $"takes no options, but '{given}' is given"
                    : NearestName.Unknown("option", given, [.. Options.Select(option => option.Name)])));
            }
        }
        object?[] values = [.. Options.Select(option => Value(option, options))];
        object?[] arguments = optionsConstructor is null ? [] : [optionsConstructor.Invoke(values)];
        var texts = Options.Zip(values, (option, value) => KeyValuePair.Create(option.Name, PolicyOption.Text(value)));
        return (constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null), new ResolvedPolicy(Axis.Name, Name, [.. texts]));
    }

    private object? Value(PolicyOption option, IReadOnlyDictionary<string, string> given)
    {
        if (!given.TryGetValue(option.Name, out string? text))
        {
            return option.DefaultValue;
        }
        (object? value, bool valid) = option.Parse(text);
        return valid ? value : throw new PolicyException($"{Axis.Name} {Name}: {option.Name} is '{text}'; allowed: {option.Allowed}");
    }
}
