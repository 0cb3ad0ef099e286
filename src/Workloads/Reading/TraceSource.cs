using System.Security.Cryptography;

namespace Cortex.Workloads;

/// <summary>The bytes of a trace, which can be opened several times; gzip is unpacked, recognised by its first two bytes.</summary>
internal sealed class TraceSource(string name, Func<Stream> openRaw)
{
    private bool? damaged;

    /// <summary>The file as the user named it.</summary>
    public string Name => name;

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="TraceException">The name is empty.</exception>
    public static TraceSource OfFile(string path) => path.Length > 0
        ? new(path, () => File.OpenRead(path))
        : throw new TraceException("''", 0, "no name", "the path of a trace");

    /// <summary>SHA-256 over the bytes as stored, lower-case hex.</summary>
    public string Sha256()
    {
        using Stream raw = openRaw();
        return Convert.ToHexStringLower(SHA256.HashData(raw));
    }

    /// <summary>
    /// True if it takes many times its own size to hold what stands in it: from 32 MB as stored, or 4 MB packed. A file that cannot be read is
    /// not.
    /// </summary>
    public bool IsLong
    {
        get
        {
            try
            {
                using Stream raw = openRaw();
                return raw.Length >= (IsPacked(raw) ? 4 : 32) * 1024 * 1024;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                return false;
            }
        }
    }

    /// <summary>The unpacked bytes from the start.</summary>
    public Stream Open()
    {
        Stream raw = openRaw();
        return IsPacked(raw) ? new WholeGzipStream(raw) : raw;
    }

    /// <summary>True if the bytes are gzip that cannot be unpacked to its end.</summary>
    public bool IsDamaged() => damaged ??= FindDamage();

    private static bool IsPacked(Stream raw)
    {
        Span<byte> magic = stackalloc byte[2];
        bool packed = raw.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1f, 0x8b];
        raw.Position = 0;
        return packed;
    }

    private bool FindDamage()
    {
        try
        {
            using Stream text = Open();
            if (text is WholeGzipStream)
            {
                text.CopyTo(Stream.Null);
            }
            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
