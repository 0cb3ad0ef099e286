namespace Cortex.Experiments.Tests;

/// <summary>Outputs that must stay the same to the byte, on every machine and in every build.</summary>
internal static class Golden
{
    /// <summary>On a difference the new text lies beside the golden in the output folder, ready to be looked at and copied.</summary>
    public static void Assert(string name, string actual)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Goldens", name);
        string expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (expected != actual)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText($"{path}.new", actual);
        }
        Xunit.Assert.Equal(expected, actual);
    }
}
