using System.Reflection;
using Xunit.Sdk;

namespace Cortex.Testing;

/// <summary>
/// One row per file of a shared folder and its subfolders. The row is the file's path relative to that folder, which also names the
/// test case. Use with <see cref="SharedTheoryAttribute"/> and the same folder and pattern, so that no file means skipped.
/// </summary>
/// <param name="folder">Relative to the shared folder, such as <c>peers/vllm</c>.</param>
/// <param name="pattern">Such as <c>*.jsonl.gz</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFilesAttribute(string folder, string pattern) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        Shared.Files(folder, pattern).Select(name => new object[] { new SharedFile(name) });
}
