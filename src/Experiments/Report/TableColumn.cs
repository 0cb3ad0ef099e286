namespace Cortex.Experiments.Report;

/// <summary>A column of the comparison table.</summary>
/// <param name="Header">At most two lines.</param>
/// <param name="Cells">One a row; a cell may have two lines: the value, and below it the difference from the baseline.</param>
/// <param name="IsText">Left-aligned.</param>
/// <param name="IsExtra">Left out where there is little room.</param>
internal sealed record TableColumn(string Header, IReadOnlyList<string> Cells, bool IsText = false, bool IsExtra = false)
{
    /// <summary>Characters between the frame's lines, padding included.</summary>
    public int Width => 2 + Cells.Append(Header).SelectMany(text => text.Split('\n')).Max(line => line.Length);
}
