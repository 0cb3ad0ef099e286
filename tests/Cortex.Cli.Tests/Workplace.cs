using System.Diagnostics;

namespace Cortex.Cli.Tests;

/// <summary>A folder of its own with copies of the repository's experiments and traces, where the command runs as a process as a user's would.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cortex-cli-");

    public Workplace()
    {
        string root = Root();
        foreach (string name in (string[])["experiments", "traces"])
        {
            foreach (string file in Directory.Exists(Path.Combine(root, name)) ? Directory.GetFiles(Path.Combine(root, name), "*", SearchOption.AllDirectories) : [])
            {
                string copy = Path.Combine(folder.FullName, Path.GetRelativePath(root, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }

    /// <summary>Runs <c>cortex</c> with words separated by blanks.</summary>
    public async Task<Outcome> RunAsync(string arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "cortex.dll"), .. arguments.Split(' ')])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await errors);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Cortex.Sim.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Cortex.Sim.sln stands in no folder above the test assembly.");
        }
        return folder;
    }
}
