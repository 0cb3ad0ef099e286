using System.Security.Cryptography;
using Cortex.Experiments.Config;

namespace Cortex.Experiments.Cells;

/// <summary>SHA-256 of each distinct trace, read once.</summary>
public sealed class TraceHashes
{
    private readonly SortedDictionary<string, string> hashes = new(StringComparer.Ordinal);

    /// <summary>Path and hash of every trace asked for so far, by path.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> All => hashes;

    /// <exception cref="InputException">The file cannot be read.</exception>
    public string Of(string path)
    {
        if (!hashes.TryGetValue(path, out string? hash))
        {
            try
            {
                using FileStream file = File.OpenRead(path);
                if (!file.CanSeek)
                {
                    throw new InputException($"{path}: a pipe, which can be read only once; allowed: a file");
                }
                hash = Convert.ToHexStringLower(SHA256.HashData(file));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw new InputException($"{path}: the trace cannot be read: {FileFault.Of(fault)}");
            }
            hashes.Add(path, hash);
        }
        return hash;
    }
}
