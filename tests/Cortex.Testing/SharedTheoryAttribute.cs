using Xunit;

namespace Cortex.Testing;

/// <summary>
/// A theory over shared reference data. Where a file or folder it needs is absent it is one skipped case with a message: its rows are
/// then not even looked for.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    /// <param name="needs">Files, folders or patterns relative to the shared folder, see <see cref="Shared.Has"/>.</param>
    public SharedTheoryAttribute(params string[] needs)
    {
        if (Shared.Missing(needs) is { } reason)
        {
            Skip = reason;
        }
    }
}
