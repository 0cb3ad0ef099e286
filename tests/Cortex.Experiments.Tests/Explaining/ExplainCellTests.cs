using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Cortex.Experiments.Tests.Explaining;

/// <summary>What <c>cortex explain</c> tells of a sweep's cells.</summary>
public sealed class ExplainCellTests(ExplainCellTests.Swept swept) : IClassFixture<ExplainCellTests.Swept>
{
    private readonly ScarceExperiment scarce = swept.Experiment;

    [Theory]
    [InlineData("baseline")]
    [InlineData("short")]
    [InlineData("turns")]
    [InlineData("sticky")]
    [InlineData("prefix")]
    [InlineData("drawn")]
    [InlineData("isolated")]
    public void A_stored_cell_is_run_again_to_the_last_decision(string policy)
    {
        foreach (string cell in (string[])[$"{policy},workload.load=1,repetition=1", $"{policy},workload.load=2,repetition=2"])
        {
            string text = scarce.Explain($"{scarce["out/scarce"]}:{cell}");
            Assert.StartsWith(cell.Replace(",", ", ", StringComparison.Ordinal).Replace("repetition=", "repetition ", StringComparison.Ordinal), text, StringComparison.Ordinal);
            Assert.Contains("decides as the stored run did", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_cell_can_be_named_by_its_key()
    {
        string file = Directory.GetFiles(scarce["out/scarce/cells"])[3];
        string text = scarce.Explain(file);
        Assert.Equal(text, scarce.Explain(file[..^".json".Length]));
        Assert.Equal(text, scarce.Explain(Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(file)[..12])));
        Assert.Contains("decides as the stored run did", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_two_cells_route_differently_both_views_are_shown_and_the_one_decision_is_flipped()
    {
        string text = Compare("baseline", "turns");
        Assert.Matches(@"the first decision that differs, after \d+ equal ones\n  A, at .*: node \d of w\d+ \(\w+\) goes to a-0,.*\n(.*\n)*?  B, at .* goes to b-\d", text);
        Assert.Equal(2, Regex.Count(text, @"\n +worker +running +waiting +to compute +cached\n"));
        Assert.Contains("\nif A takes just that decision as B does", text, StringComparison.Ordinal);
        // Twelve workflows, of which all end: means of the blame add up in each line.
        foreach (Match line in Regex.Matches(text, @"\n(A|B|A with that one as in B) +(\d+\.\d{4})((?: +\d+\.\d{4}){6})"))
        {
            double sum = line.Groups[3].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Sum(part => double.Parse(part, CultureInfo.InvariantCulture));
            Assert.Equal(double.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture), sum, 5e-4);
        }
    }

    [Fact]
    public void Where_two_cells_admit_another_call_first_the_two_change_places()
    {
        string text = Compare("baseline", "short");
        Assert.Matches(@"\n  A, at .*: (a|b)-\d admits node", text);
        Assert.Matches(@"\n  B, at .*: (a|b)-\d admits node", text);
        Assert.Contains("\nif A takes just that decision as B does", text, StringComparison.Ordinal);
        Assert.Matches(@"\nA with that one as in B +\d", text);
    }

    [Fact]
    public void What_a_pool_forbids_is_flipped_the_other_way_round()
    {
        string text = Compare("isolated", "baseline");
        Assert.Contains("\nif B takes just that decision as A does, and goes on with its own policies\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_cells_decide_alike()
    {
        Assert.Matches(@"A and B decide alike: [\d,]+ decisions", Compare("baseline", "baseline"));
    }

    [Fact]
    public void A_workflow_can_be_followed_through_both_cells_and_the_flip()
    {
        string text = Compare("baseline", "turns", "w7");
        Assert.Matches(@"\nfrom A to B, workflow w7: \d+\.\d+ s → \d+\.\d+ s", text);
        Assert.Matches(@"\nworkflow w7: ", text);
    }

    [Theory]
    [InlineData("out/scarce", "names 28 cells, such as 'baseline,workload.load=1,repetition=1'")]
    [InlineData("out/scarce:shrt", "unknown policy set 'shrt'; the nearest is 'short'")]
    [InlineData("out/scarce:short,load=1", "unknown axis 'load'; the nearest is 'workload.load'")]
    [InlineData("out/scarce:short,workload.load=3", "names no cell; allowed: ")]
    [InlineData("out/scarce:short,workload.load=1,repetition=3", "names no cell; allowed: ")]
    [InlineData("out/scarce/cells/0000000000000000", "names no cell; allowed: ")]
    [InlineData("out", "holds no results: ")]
    [InlineData("nowhere:short", "holds no results: manifest.json: there is no such file; allowed: ")]
    public void A_cell_that_is_none_is_bad_input(string cell, string what)
    {
        scarce.Bad(what, null, scarce[cell]);
    }

    private string Compare(string a, string b, string? workflow = null) => scarce.Explain(
        workflow, $"{scarce["out/scarce"]}:{a},workload.load=2,repetition=1", $"{scarce["out/scarce"]}:{b},workload.load=2,repetition=1");

    /// <summary>The experiment, swept once: explaining changes nothing.</summary>
    public sealed class Swept : IDisposable
    {
        public Swept() => Experiment.Sweep();

        internal ScarceExperiment Experiment { get; } = new();

        public void Dispose() => Experiment.Dispose();
    }
}
