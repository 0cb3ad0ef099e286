using Cortex.Policies.Registry;
using Cortex.Serving.Journal;
using Cortex.Testing;
using Xunit;

namespace Cortex.Experiments.Tests;

/// <summary>Journals of runs, simulated and live, and the command that replays them.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_journal_alters_nothing_and_replays_identically()
    {
        Assert.Equal(ExitCode.Ok, Run(new RunOptions { ResultsFolder = folder["plain"] }));
        Assert.Equal(ExitCode.Ok, Run(new RunOptions { ResultsFolder = folder["journaled"], Journal = folder["deep/run.journal"] }));
        foreach (string file in (string[])["calls.csv", "results.csv"])
        {
            Assert.Equal(File.ReadAllBytes(folder[$"plain/quickstart/run/{file}"]), File.ReadAllBytes(folder[$"journaled/quickstart/run/{file}"]));
        }
        Assert.Equal(ExitCode.Ok, Replay(folder["deep/run.journal"], free: true));
        Assert.StartsWith("identical: ", console.Text[console.Text.IndexOf("identical", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal(2, console.Text.Split("no divergence").Length - 1);
        Assert.Empty(console.Errors.ToString());
    }

    [Fact]
    public void A_file_that_is_no_journal_is_never_replaced_by_one()
    {
        File.WriteAllText(folder["trace.jsonl"], "my only copy");
        Assert.Equal(ExitCode.BadInput, Run(new RunOptions { ResultsFolder = folder["out"], Journal = folder["trace.jsonl"] }));
        Assert.Contains("trace.jsonl: the file exists and is not a journal", console.Errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("my only copy", File.ReadAllText(folder["trace.jsonl"]));
        Assert.Equal(ExitCode.Ok, Run(new RunOptions { ResultsFolder = folder["out"], Journal = folder["run.journal"] }));
        Assert.Equal(ExitCode.Ok, Run(new RunOptions { ResultsFolder = folder["out"], Journal = folder["run.journal"] }));
    }

    [Fact]
    public void A_live_run_writes_calls_and_a_journal_that_replays_identically()
    {
        Assert.Equal(ExitCode.Ok, Run(new RunOptions { ResultsFolder = folder["simulated"] }));
        var options = new RunOptions { ResultsFolder = folder["live"], Journal = folder["live.journal"], Live = true, Speed = 200 };
        Assert.Equal(ExitCode.Ok, Run(options));
        Assert.Equal(
            File.ReadLines(folder["simulated/quickstart/run/calls.csv"]).Count(),
            File.ReadLines(folder["live/quickstart/run/calls.csv"]).Count(line => line.EndsWith(",finished", StringComparison.Ordinal)) + 1);
        Assert.Equal(ExitCode.Ok, Replay(folder["live.journal"], free: true));
        Assert.Contains("no divergence", console.Text, StringComparison.Ordinal);
        Assert.Empty(console.Errors.ToString());
    }

    [Fact]
    public void A_replay_can_be_given_up()
    {
        Run(new RunOptions { ResultsFolder = folder["out"], Journal = folder["run.journal"] });
        TestConsole told = new();
        Assert.Equal(ExitCode.Interrupted, Experiments.Replay.Run(new() { Journal = folder["run.journal"] }, told.Console, told.Errors, new(canceled: true)));
        Assert.Equal(ExitCode.Interrupted, Explain.Run(new() { Cells = [folder["run.journal"]] }, told.Console, told.Errors, new(canceled: true)));
        Assert.Empty(told.Text);
    }

    [Fact]
    public void Another_core_is_found_out_and_the_first_difference_shown()
    {
        Run(new RunOptions { ResultsFolder = folder["out"], Journal = folder["run.journal"] });
        WithOneEngineLess(folder["run.journal"], folder["other.journal"]);
        Assert.Equal(ExitCode.FailedAssertion, Replay(folder["other.journal"]));
        Assert.Contains("differs at record", console.Text, StringComparison.Ordinal);
        Assert.Contains("expected: fleet routing of call", console.Text, StringComparison.Ordinal);
        Assert.Contains("facts since the last equal decision: ", console.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_torn_journal_is_replayed_as_far_as_it_goes_with_a_warning()
    {
        Run(new RunOptions { ResultsFolder = folder["out"], Journal = folder["run.journal"] });
        byte[] whole = File.ReadAllBytes(folder["run.journal"]);
        File.WriteAllBytes(folder["torn.journal"], whole[..(whole.Length / 2)]);
        Assert.Equal(ExitCode.Ok, Replay(folder["torn.journal"]));
        Assert.StartsWith($"warning: {folder["torn.journal"]}: ", Assert.Single(ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_cannot_be_used_are_bad_input_in_one_line()
    {
        Run(new RunOptions { ResultsFolder = folder["out"], Journal = folder["run.journal"] });
        byte[] damaged = File.ReadAllBytes(folder["run.journal"]);
        damaged[damaged.Length / 2] ^= 1;
        File.WriteAllBytes(folder["damaged.journal"], damaged);
        File.WriteAllText(folder["list.csv"], "id,arrived_at,prompt_tokens,output_tokens\n");
        foreach (string name in (string[])["damaged.journal", "list.csv", "absent.journal", "out"])
        {
            console.Errors.GetStringBuilder().Clear();
            Assert.Equal(ExitCode.BadInput, Replay(folder[name]));
            Assert.StartsWith($"error: {folder[name]}: ", Assert.Single(ErrorLines), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false, 2.0, "--speed: allowed: with --live alone")]
    [InlineData(true, 0.0, "--speed 0: allowed: a number above 0, at most 1000000")]
    [InlineData(true, double.NaN, "--speed NaN: allowed: a number above 0, at most 1000000")]
    [InlineData(true, 1e12, "--speed 1000000000000: allowed: a number above 0, at most 1000000")]
    public void A_speed_that_cannot_be_is_bad_input(bool live, double speed, string message)
    {
        Assert.Equal(ExitCode.BadInput, Run(new RunOptions { ResultsFolder = folder["out"], Live = live, Speed = speed }));
        Assert.Equal($"error: {message}", Assert.Single(ErrorLines));
    }

    [Fact]
    public void A_journal_that_cannot_be_written_is_bad_input()
    {
        Directory.CreateDirectory(folder["taken"]);
        Assert.Equal(ExitCode.BadInput, Run(new RunOptions { ResultsFolder = folder["out"], Journal = folder["taken"] }));
        Assert.StartsWith($"error: --journal {folder["taken"]}: a folder; allowed: ", Assert.Single(ErrorLines), StringComparison.Ordinal);
    }

    private string[] ErrorLines => console.Errors.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private int Run(RunOptions options) =>
        SingleRun.Run(options with { File = Path.Combine(Shared.Solution, "experiments", "quickstart.yaml") }, console.Console, console.Errors, CancellationToken.None);

    private int Replay(string journal, bool free = false) =>
        Experiments.Replay.Run(new ReplayOptions { Journal = journal, Free = free }, console.Console, console.Errors, CancellationToken.None);

    /// <summary>Copies a journal record by record, with all sums made anew, under the header of a smaller cluster.</summary>
    private static void WithOneEngineLess(string from, string to)
    {
        using var reader = new JournalReader(File.OpenRead(from));
        JournalHeader header = reader.Header;
        var settings = header.Settings with { Engines = [.. header.Settings.Engines.SkipLast(1)] };
        using var writer = new JournalWriter(File.Create(to), JournalHeader.Of(settings, new PolicyRegistry().Build(header.Requests)));
        while (reader.Read())
        {
            switch (reader.Kind)
            {
                case JournalRecordKind.Fact:
                    writer.Handling(reader.Fact);
                    break;
                case JournalRecordKind.Settle:
                    writer.Settling(reader.At);
                    break;
                case JournalRecordKind.Decision:
                    writer.Decided(reader.Decision, reader.Blocks);
                    break;
                default:
                    writer.Closing(reader.At, reader.Fingerprint);
                    break;
            }
        }
    }
}
