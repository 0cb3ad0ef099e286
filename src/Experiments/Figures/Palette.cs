namespace Cortex.Experiments.Figures;

/// <summary>Colours that stay apart under every kind of colour blindness (Okabe and Ito 2008), the ones that read best on white first.</summary>
public static class Palette
{
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#F0E442"];

    /// <param name="index">From 0, in order of first appearance in the experiment; starts again after eight.</param>
    public static string Colour(int index) => Colours[index % Colours.Length];
}
