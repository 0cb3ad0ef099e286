using Xunit.Abstractions;

namespace Cortex.Testing;

/// <summary>
/// A file of the shared data as a row of a theory. A theory may declare it as a string, but then names of test cases cut it
/// after 50 characters, as all strings, and files with long names could not be told apart.
/// </summary>
public sealed class SharedFile(string name) : IXunitSerializable
{
    private string name = name;

    /// <summary>For the test runner, which then calls <see cref="Deserialize"/>.</summary>
    public SharedFile()
        : this("")
    {
    }

    public static implicit operator string(SharedFile file) => file.name;

    public void Deserialize(IXunitSerializationInfo info) => name = info.GetValue<string>(nameof(name));

    public void Serialize(IXunitSerializationInfo info) => info.AddValue(nameof(name), name);

    public override string ToString() => name;
}
