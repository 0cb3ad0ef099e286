namespace Cortex.Experiments.Figures;

/// <summary>
/// Colours that stay apart under every kind of colour blindness: Okabe and Ito's (2008) for policies, the ones that read best on white first, and
/// Tol's muted scheme (2021) for what a policy's time or memory is divided into, so that the two are never taken for each other.
/// </summary>
public static class Palette
{
    /// <summary>Of marks that belong to no series, such as a Pareto front.</summary>
    public const string Neutral = "#b4b4b4";

    private static readonly string[] Policies = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#F0E442"];
    private static readonly string[] Parts = ["#332288", "#88CCEE", "#44AA99", "#DDCC77", "#CC6677", "#882255", "#117733", "#999933", "#AA4499"];

    /// <param name="index">From 0, in order of first appearance in the experiment; starts again after eight, with another marker.</param>
    public static string Policy(int index) => Policies[index % Policies.Length];

    /// <param name="index">From 0, in an order that is the same in every figure; starts again after nine.</param>
    public static string Part(int index) => Parts[index % Parts.Length];
}
