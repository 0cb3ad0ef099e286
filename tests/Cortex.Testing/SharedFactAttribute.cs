using Xunit;

namespace Cortex.Testing;

/// <summary>A fact over shared reference data; skipped, with a message, where a file or folder it needs is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    /// <param name="needs">Files, folders or patterns relative to the shared folder, see <see cref="Shared.Has"/>.</param>
    public SharedFactAttribute(params string[] needs)
    {
        if (Shared.Missing(needs) is { } reason)
        {
            Skip = reason;
        }
    }
}
