using Cortex.Experiments.Config;
using Cortex.Workloads;

namespace Cortex.Experiments.Profiles;

/// <summary>Reads a profile of made-up workflows: a program, when its workflows arrive, and what of it differs from the defaults.</summary>
public static class ProfileReader
{
    private const string Program = "program";

    /// <summary>The profiles that come with the product, by name.</summary>
    public static string Bundled(string name) => Path.Combine(AppContext.BaseDirectory, "sample", "profiles", $"{name}.yaml");

    /// <param name="path">A YAML file.</param>
    /// <exception cref="InputException">It cannot be read, names an unknown key, or a value that cannot be used; file and line are told.</exception>
    public static WorkloadProfile Read(string path)
    {
        var reader = new MapReader(YamlSource.ReadFile(path), "");
        if (reader.Scalar(Program) is not { } program)
        {
            throw new InputException(reader.Mark, $"{Program} is missing; allowed: {string.Join(", ", WorkloadGenerator.Programs)}");
        }
        WorkloadProfile usual = WorkloadGenerator.Profile(reader.Choice(Program, WorkloadGenerator.Programs, program.Text));
        ArrivalProcess arrivals = ArrivalReader.Read(reader.Below("arrivals"));
        ProgramProfile profile = usual.Program switch
        {
            Nl2SqlProfile nl2Sql => ProgramReader.Nl2Sql(reader, nl2Sql),
            ReActProfile reAct => ProgramReader.ReAct(reader, reAct),
            ResearchProfile research => ProgramReader.Research(reader, research),
            ChatProfile chat => ProgramReader.Chat(reader, chat),
            _ => throw new InvalidOperationException($"no reader for {usual.Program.Name}"),
        };
        reader.Finish();
        return new WorkloadProfile(profile, arrivals);
    }
}
