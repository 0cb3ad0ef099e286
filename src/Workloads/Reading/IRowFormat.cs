namespace Cortex.Workloads;

/// <summary>A format of CSV rows.</summary>
internal interface IRowFormat
{
    /// <summary>Takes over the row that the file stands at.</summary>
    void Read();

    /// <summary>Called once behind the last row.</summary>
    void Finish();
}
