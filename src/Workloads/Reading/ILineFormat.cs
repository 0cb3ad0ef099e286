namespace Cortex.Workloads;

/// <summary>A format of JSON lines.</summary>
internal interface ILineFormat
{
    /// <summary>Takes over one line that is not blank; <paramref name="number"/> counts from 1.</summary>
    void Read(ReadOnlySpan<byte> line, long number);

    /// <summary>Called once behind the last line.</summary>
    void Finish();
}
