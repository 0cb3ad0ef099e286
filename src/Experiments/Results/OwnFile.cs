using Cortex.Experiments.Config;

namespace Cortex.Experiments.Results;

/// <summary>Output that is written over itself without being asked, and over nothing else: a slip of the finger must not cost another file.</summary>
internal static class OwnFile
{
    private const int Head = 64;

    /// <summary>To be asked before time is spent on what could not be kept.</summary>
    /// <param name="option">That named the file, such as <c>--journal</c>.</param>
    /// <param name="kind">What the command writes, such as <c>a journal</c>.</param>
    /// <param name="isOurs">Whether a file that begins so is one.</param>
    /// <exception cref="InputException">There is a file, and it is not empty and none of these; or a folder.</exception>
    public static void RefuseOther(string option, string path, string kind, Predicate<byte[]> isOurs)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"{option} {path}: a folder; allowed: the name of a file");
        }
        // A pipe has no length, and would be waited for.
        if (new FileInfo(path) is { Exists: true, Length: > 0 } && !isOurs(Start(option, path)))
        {
            throw new InputException($"{option} {path}: the file exists and is not {kind}; allowed: a new file, or {kind} to be replaced");
        }
    }

    private static byte[] Start(string option, string path)
    {
        try
        {
            byte[] start = new byte[Head];
            using FileStream file = File.OpenRead(path);
            return start[..file.ReadAtLeast(start, Head, throwOnEndOfStream: false)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{option} {path}: {FileFault.Of(fault)}; allowed: a file that can be written");
        }
    }
}
