using Cortex.Experiments.Config;
using Cortex.Experiments.Profiles;
using Cortex.Testing;
using Cortex.Workloads;
using Xunit;

namespace Cortex.Experiments.Tests;

/// <summary>Profiles of made-up workflows, and the command that makes traces of them.</summary>
public sealed class ProfileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestConsole console = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Programs => [.. WorkloadGenerator.Programs];

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_bundled_profile_spells_the_defaults_out(string program)
    {
        Assert.Equal(WorkloadGenerator.Profile(program), ProfileReader.Read(Path.Combine(Shared.Solution, "profiles", $"{program}.yaml")));
        Assert.Equal(WorkloadGenerator.Profile(program), ProfileReader.Read(ProfileReader.Bundled(program)));
        Assert.NotEqual(WorkloadGenerator.Profile(program), WorkloadGenerator.Profile(program) with { Arrivals = new ArrivalProcess.Poisson(3) });
    }

    [Fact]
    public void There_is_a_bundled_profile_for_every_program_and_no_other() => Assert.Equal(
        WorkloadGenerator.Programs.Order(StringComparer.Ordinal),
        Directory.GetFiles(Path.Combine(Shared.Solution, "profiles"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    [Fact]
    public void A_profile_changes_what_it_names()
    {
        WorkloadProfile profile = Read("""
            program: react
            arrivals: {process: mmpp, states: [{rate: 0, stay: 2min}, {rate: 8, stay: 10s}]}
            steps: 3.5
            thought: {median: 300}
            task: 77
            parallel: [0.5, 0.5]
            tools:
              - {name: look, share: 0.25, time: 20ms}
              - {name: do, share: 0.75, effect: write, errors: 0.5, result: {median: 10, least: 2, most: 20, sigma: 0}}
            """);
        ReActProfile usual = new();
        ReActProfile react = Assert.IsType<ReActProfile>(profile.Program);
        Assert.Equal(new ArrivalProcess.Mmpp([new(0, 120), new(8, 10)]), profile.Arrivals);
        Assert.Equal(3.5, react.Steps);
        Assert.Equal(usual.Thought with { Median = 300 }, react.Thought);
        Assert.Equal(Spread.Of(77), react.Task);
        Assert.Equal([0.5, 0.5], react.Parallel);
        Assert.Equal(
            [
                new("look", 0.25, Spread.Of(20_000), new(300, 0.7, 1, 8000), 0, ToolEffect.Pure),
                new("do", 0.75, new(100_000, 0.5, 1_000, 60_000_000), new(10, 0, 2, 20), 0.5, ToolEffect.Write),
            ],
            react.Tools);
        Assert.Equal(usual with { Steps = 3.5, Thought = react.Thought, Task = react.Task, Parallel = react.Parallel, Tools = react.Tools }, react);
    }

    [Theory]
    [InlineData("arrivals: {rate: 1}", "profile.yaml:1:1: program is missing; allowed: nl2sql, react, research, chat")]
    [InlineData("program: chatt", "profile.yaml:1:10: program: unknown value 'chatt'; the nearest is 'chat'")]
    [InlineData("program: chat\nturn: 3", "profile.yaml:2:1: unknown key 'turn'; the nearest is 'turns'")]
    [InlineData("program: chat\nturns: 0.5", "profile.yaml:2:8: turns: '0.5' cannot be used; allowed: a mean from 1 to 1000")]
    [InlineData("program: chat\nreply: {median: 10, least: 20, most: 30}", "profile.yaml:2:8: reply: allowed: least ≤ median ≤ most")]
    [InlineData("program: chat\nreply: {median: 10, mode: 20}", "profile.yaml:2:21: reply: unknown key 'mode'; the nearest is 'most'")]
    [InlineData("program: chat\nthink: 25", "profile.yaml:2:8: think: '25' cannot be used; allowed: a number with ns, us, ms, s, min or h")]
    [InlineData("program: chat\nthink: 5ns", "profile.yaml:2:8: think: '5ns' cannot be used; allowed: whole microseconds up to 2147 s")]
    [InlineData("program: chat\narrivals: {process: gama}", "arrivals.process: unknown value 'gama'; the nearest is 'gamma'")]
    [InlineData("program: chat\narrivals: {rate: 0}", "arrivals.rate: '0' cannot be used; allowed: ")]
    [InlineData("program: chat\narrivals: {process: gamma, cv: -1}", "arrivals.cv: '-1' cannot be used; allowed: ")]
    [InlineData("program: chat\narrivals: {process: mmpp}", "arrivals.states: allowed: a list of states such as ")]
    [InlineData("program: chat\narrivals: {process: mmpp, states: [{rate: 0, stay: 1s}]}", "arrivals.states: nobody ever arrives")]
    [InlineData("program: chat\narrivals: {process: mmpp, states: [{rate: 1}]}", "arrivals.states: stay is missing or 0")]
    [InlineData("program: nl2sql\nfirst_try: {ok: 0.5, error: 0.3}", "first_try do not sum to 1; allowed: shares that do")]
    [InlineData("program: nl2sql\nschemas: [10, x]", "profile.yaml:2:15: schemas: 'x' cannot be used; allowed: tokens, a whole number from 1")]
    [InlineData("program: react\nparallel: [0.5, 0.6]", "parallel do not sum to 1")]
    [InlineData("program: react\ntools: [{name: a, share: 1}, {name: a, share: 0}]", "tools: a second tool 'a'; allowed: each name once")]
    public void A_fault_is_told_with_its_place(string yaml, string what) =>
        Assert.Contains(what, Assert.Throws<InputException>(() => Read(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_command_takes_a_bundled_profile_or_a_file_and_one_of_the_two()
    {
        Assert.Equal(ExitCode.Ok, Generate("chat", null, "bundled.jsonl"));
        Assert.Equal(ExitCode.Ok, Generate(null, folder.Write("mine.yaml", "program: chat\narrivals: {process: closed}\n"), "own.jsonl"));
        Assert.StartsWith("""{"format":"agentflow","version":1,"replay":"closed","source":"cortex trace generate --profile mine.yaml --seed 4 --workflows 3",""", File.ReadAllText(folder["own.jsonl"]), StringComparison.Ordinal);
        Assert.Equal(4, File.ReadAllLines(folder["bundled.jsonl"]).Length);
        Assert.Equal(ExitCode.Ok, Generate("chat", null, "packed.jsonl.gz"));
        Assert.Equal(TraceFile.Load(folder["bundled.jsonl"]).Totals, TraceFile.Load(folder["packed.jsonl.gz"]).Totals);
        Assert.Equal([0x1f, 0x8b], File.ReadAllBytes(folder["packed.jsonl.gz"])[..2]);
        Assert.Equal(ExitCode.BadInput, Generate("chat", folder["mine.yaml"], "both.jsonl"));
        Assert.Equal(ExitCode.BadInput, Generate(null, null, "none.jsonl"));
        Assert.Equal(2, console.Errors.ToString().Split("allowed: one of nl2sql, react, research, chat, or --profile FILE").Length - 1);
        Assert.Equal(ExitCode.BadInput, Generate(null, folder["nowhere.yaml"], "none.jsonl"));
        Assert.False(File.Exists(folder["both.jsonl"]) || File.Exists(folder["none.jsonl"]));
    }

    private int Generate(string? program, string? profile, string output) => TraceGeneration.Run(
        new TraceGenerationOptions { Program = program, Profile = profile, Seed = 4, Workflows = 3, Output = folder[output] },
        console.Console, console.Errors, CancellationToken.None);

    private WorkloadProfile Read(string yaml) => ProfileReader.Read(folder.Write("profile.yaml", yaml));
}
