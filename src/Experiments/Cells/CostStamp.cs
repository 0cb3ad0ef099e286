using System.Text.Json;
using Cortex.CostModels;
using Cortex.Experiments.Config;
using Cortex.Policies;

namespace Cortex.Experiments.Cells;

/// <summary>Where the step times behind a result come from, and how far they can be trusted. Stands in every table, figure and report.</summary>
/// <param name="Model">Name of the cost model.</param>
public sealed record CostStamp(string Model, CostQualification Qualification)
{
    /// <summary>Key in <c>manifest.json</c> and column of <c>results.csv</c>.</summary>
    public const string Key = "qualification";

    /// <summary>Of several results that are not alike.</summary>
    public const string Mixed = "mixed";

    /// <summary>Of a live run whose engines compute.</summary>
    public static readonly CostStamp Measured = new("live engines", CostQualification.Measured);

    private static readonly CostQualification[] All = Enum.GetValues<CostQualification>();

    /// <summary>As it stands in files: <c>functional</c>, <c>calibrated</c>, <c>validated</c> or <c>measured</c>.</summary>
    public string Word => WordOf(Qualification);

    /// <summary>The word for several results: that of all, or <see cref="Mixed"/>; empty for none.</summary>
    public static string WordFor(IEnumerable<CostStamp> stamps) => stamps.Select(stamp => stamp.Word).Distinct().ToArray() switch
    {
        [] => "",
        [var only] => only,
        _ => Mixed,
    };

    /// <summary>The same as a sentence, with the cost models of each kind; empty for none.</summary>
    public static string Sentence(IEnumerable<CostStamp> stamps)
    {
        string[] kinds =
        [
            .. stamps.Distinct().GroupBy(stamp => stamp.Qualification).OrderBy(kind => kind.Key)
                .Select(kind => $"{string.Join(", ", kind.Select(stamp => stamp.Model))} ({WordOf(kind.Key)}: {Meaning(kind.Key)})"),
        ];
        return kinds.Length == 0 ? "" : $"Step times{(kinds.Length > 1 ? $", {Mixed}" : "")}: {string.Join("; ", kinds)}.";
    }

    /// <summary>Reads what <see cref="Results.Manifest"/> wrote.</summary>
    /// <param name="row">An entry of <c>rows</c>.</param>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    /// <exception cref="InputException">There is another word.</exception>
    public static CostStamp Read(JsonElement row)
    {
        string word = row.GetProperty(Key).GetString()!;
        return Array.FindIndex(All, one => WordOf(one) == word) is var found and >= 0
            ? All[found] == CostQualification.Measured ? Measured : new CostStamp(row.GetProperty("settings").GetProperty("costs").GetProperty("model").GetString()!, All[found])
            : throw new InputException($"manifest.json: {NearestName.Unknown(Key, word, [.. All.Select(WordOf)])}");
    }

    private static string WordOf(CostQualification qualification) => qualification.ToString().ToLowerInvariant();

    private static string Meaning(CostQualification qualification) => qualification switch
    {
        CostQualification.Functional => "not calibrated against a machine",
        CostQualification.Calibrated => "fitted to measurements of a machine",
        CostQualification.Measured => "of a live run, from no cost model",
        _ => "fitted to measurements of a machine, and compared with a live run on it",
    };
}
