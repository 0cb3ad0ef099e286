using System.ComponentModel;
using System.Diagnostics;

namespace Cortex.Experiments.Results;

/// <summary>The state of the source that the program was built from, as git knows it.</summary>
/// <param name="Commit">Full hash.</param>
/// <param name="Dirty">Files under version control were changed since.</param>
public sealed record SourceVersion(string Commit, bool Dirty)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Null where there is no git, or the program does not lie in a checkout.</summary>
    public static SourceVersion? Find()
    {
        return Git("rev-parse", "HEAD") is { } commit && Git("status", "--porcelain", "--untracked-files=no") is { } status
            ? new SourceVersion(commit, status.Length > 0)
            : null;
    }

    private static string? Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["-C", AppContext.BaseDirectory, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }
        try
        {
            using Process git = Process.Start(start)!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            Task<string> output = git.StandardOutput.ReadToEndAsync();
            if (!git.WaitForExit(Patience))
            {
                git.Kill();
                return null;
            }
            return git.ExitCode == 0 ? output.Result.Trim() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
