using Cortex.Experiments;

namespace Cortex.Cli.Tests;

public sealed class ImageTests
{
    [Fact]
    public async Task Every_figure_is_there_as_PNG_and_PDF_where_they_can_be_made()
    {
        using var workplace = new Workplace();
        Outcome run = await workplace.RunAsync("run experiments/quickstart.yaml");
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        string[] figures = Directory.GetFiles(workplace["results/quickstart/run/figures"], "*.svg");
        Assert.NotEmpty(figures);
        bool installed = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "rsvg-convert")));
        Assert.Equal(!installed, run.Output.Contains("no PNG and PDF of the figures: ", StringComparison.Ordinal));
        foreach ((string ending, byte[] sign) in (ReadOnlySpan<(string, byte[])>)[("png", [0x89, 0x50, 0x4E, 0x47]), ("pdf", [0x25, 0x50, 0x44, 0x46])])
        {
            foreach (string image in figures.Select(figure => Path.ChangeExtension(figure, ending)))
            {
                Assert.Equal(installed, File.Exists(image));
                if (installed)
                {
                    Assert.Equal(sign, File.ReadAllBytes(image)[..4]);
                }
            }
        }
    }
}
