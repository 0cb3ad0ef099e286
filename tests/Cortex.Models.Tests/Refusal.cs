using Cortex.Runtime.Models;
using Xunit;

namespace Cortex.Models.Tests;

/// <summary>What a model that cannot be used must come to.</summary>
internal static class Refusal
{
    /// <summary>One line that begins with the place and says all that is asked for.</summary>
    public static void Of(string path, params string[] said)
    {
        ModelException fault = Assert.Throws<ModelException>(() => ModelLoader.Open(path).Dispose());
        Assert.DoesNotContain(fault.Message, char.IsControl);
        Assert.All(said, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }
}
