using System.Reflection;
using Xunit.Sdk;

namespace Cortex.Testing;

/// <summary>
/// One row of a theory over one file of the shared reference data: the file, relative to the shared folder, then what is expected of it.
/// Where the file is absent this row alone is skipped, with a message.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class SharedRowAttribute : DataAttribute
{
    private readonly object[] row;

    /// <param name="file">Relative to the shared folder, such as <c>traces/azure/conv.csv.gz</c>.</param>
    /// <param name="expected">The test's further arguments.</param>
    public SharedRowAttribute(string file, params object[] expected)
    {
        row = [file, .. expected];
        Skip = Shared.Missing([file]);
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [row];
}
