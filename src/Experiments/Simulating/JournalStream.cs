using Cortex.Experiments.Config;

namespace Cortex.Experiments.Simulating;

/// <summary>A journal's file. Its faults name it, for it is written while other files are. Without a buffer: journals have their own.</summary>
internal sealed class JournalStream(string path) : FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0)
{
    private readonly string asNamed = path;

    /// <exception cref="InputException">It cannot be written on: the disk is full, or went away.</exception>
    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            base.Write(buffer, offset, count);
        }
        catch (IOException fault)
        {
            throw JournalFile.Unwritable(asNamed, fault);
        }
    }
}
