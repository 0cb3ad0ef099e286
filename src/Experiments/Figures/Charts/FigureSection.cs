namespace Cortex.Experiments.Figures.Charts;

/// <summary>A figure that answers one question, as often as the experiment has answers to it.</summary>
/// <param name="Title">For headings.</param>
/// <param name="Variants">At least one; what each is of, such as <c>load 8</c>, empty if there is only one.</param>
public sealed record FigureSection(string Title, IReadOnlyList<(string Label, Figure Figure)> Variants)
{
    /// <summary>A file name's part that tells variants apart: the label with hyphens for all but letters, digits, dots and underscores.</summary>
    internal static string Suffix(string label) =>
        label.Length == 0 ? "" : $"-{string.Concat(label.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' ? letter : '-'))}";
}
