using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cortex.Testing;

namespace Cortex.Cli.Tests;

/// <summary>A folder of its own with copies of the repository's experiments and traces, where the command runs as a process as a user's would.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cortex-cli-");

    public Workplace()
    {
        string root = Shared.Solution;
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
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs <c>cortex</c> and asks it to stop, as Ctrl-C does, once a line of its output holds <paramref name="sign"/>. Unix only.</summary>
    public async Task<Outcome> InterruptAsync(string arguments, string sign)
    {
        using Process process = Start(arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        var output = new StringBuilder();
        bool asked = false;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            output.AppendLine(line);
            if (!asked && line.Contains(sign, StringComparison.Ordinal))
            {
                // SIGTERM takes the same way as SIGINT, which a test runner may have told its children to ignore.
                asked = true;
                using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
                await kill.WaitForExitAsync();
            }
        }
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, output.ToString(), await errors);
    }

    /// <summary>Runs <c>cortex</c> and kills it, as nothing can be caught or written any more, that long after a file of the folder has become so large.</summary>
    public async Task KillAsync(string arguments, string file, long bytes, TimeSpan later)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        while (!process.HasExited && !(new FileInfo(this[file]) is { Exists: true } made && made.Length >= bytes))
        {
            await Task.Delay(1);
        }
        await Task.Delay(later);
        process.Kill();
        await process.WaitForExitAsync();
        await Task.WhenAll(output, errors);
    }

    /// <summary>Full path of a name in the folder.</summary>
    public string this[string name] => Path.Combine(folder.FullName, name);

    public void Dispose() => folder.Delete(recursive: true);

    private Process Start(string arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Program(), .. arguments.Split(' ')])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    /// <summary>The command where it is built, compiled ahead of time, which its copy beside these tests is not.</summary>
    private static string Program()
    {
        string root = Shared.Solution;
        string built = Path.GetRelativePath(Path.Combine(root, "tests", typeof(Workplace).Assembly.GetName().Name!), AppContext.BaseDirectory);
        return Path.Combine(root, "src", "Cli", built, "cortex.dll");
    }
}
