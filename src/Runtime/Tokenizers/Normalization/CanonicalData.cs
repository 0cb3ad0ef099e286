using System.Globalization;

namespace Cortex.Runtime.Tokenizers;

/// <summary>
/// Unicode's canonical decompositions, compositions and combining classes, from the embedded <c>canonical.txt</c>. Needed because .NET
/// normalizes nothing when it runs without ICU (invariant globalization), as this product does.
/// </summary>
internal sealed class CanonicalData
{
    private readonly Dictionary<int, (int First, int Second)> _parts = [];   // Second is -1 for a single character
    private readonly Dictionary<(int First, int Second), int> _wholes = [];
    private readonly Dictionary<int, byte> _classes = [];
    private readonly HashSet<int> _unstable = [];

    private CanonicalData()
    {
        using Stream resource = typeof(CanonicalData).Assembly.GetManifestResourceStream("tokenizers/canonical.txt")!;
        using StreamReader lines = new(resource);
        while (lines.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            switch (words[0])
            {
                case "d" or "x":
                    (int whole, int first, int second) = (Code(words[1]), Code(words[2]), words.Length > 3 ? Code(words[3]) : -1);
                    _parts.Add(whole, (first, second));
                    if (words[0] == "d")
                    {
                        _wholes.Add((first, second), whole);
                    }
                    _unstable.Add(words[0] == "d" ? second : whole);
                    break;
                case "c":
                    for (int code = Code(words[2]); code <= Code(words[3]); code++)
                    {
                        _classes.Add(code, byte.Parse(words[1], CultureInfo.InvariantCulture));
                        _unstable.Add(code);
                    }
                    break;
            }
        }
    }

    public static CanonicalData Instance { get; } = new();

    /// <summary>Whether a character may not stay as it is and where it is; text without any is in normal form. Conjoining Jamo aside.</summary>
    public bool IsUnstable(int code) => _unstable.Contains(code);

    /// <summary>The combining class of a character; 0 for one that starts anew.</summary>
    public int ClassOf(int code) => _classes.GetValueOrDefault(code);

    public bool TryDecompose(int code, out (int First, int Second) parts) => _parts.TryGetValue(code, out parts);

    public bool TryCompose(int first, int second, out int whole) => _wholes.TryGetValue((first, second), out whole);

    private static int Code(string word) => int.Parse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
