using System.Globalization;
using System.Xml.Linq;
using Xunit;

namespace Cortex.Experiments.Tests.Browser;

/// <summary>The page as its readers have it: in a browser, on a phone, on paper.</summary>
public sealed class ReportInBrowserTests(ReportInBrowserTests.Swept swept) : IClassFixture<ReportInBrowserTests.Swept>
{
    [BrowserFact]
    public async Task The_page_asks_for_nothing_and_its_script_runs_without_a_fault()
    {
        await using HeadlessBrowser browser = await HeadlessBrowser.Open(swept.Report, 1000, 800);
        Assert.Equal("true", await browser.Evaluate("document.documentElement.classList.contains('has-script')"));
        Assert.DoesNotContain(browser.Events, message => (string?)message["method"] is "Runtime.exceptionThrown" or "Runtime.consoleAPICalled");
        string[] requests = [.. browser.Events.Where(message => (string?)message["method"] == "Network.requestWillBeSent").Select(message => (string)message["params"]!["request"]!["url"]!)];
        Assert.Equal([new Uri(swept.Report).AbsoluteUri], requests);
        Assert.Equal("", await browser.Evaluate("[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i).join()"));
    }

    [BrowserFact]
    public async Task A_point_tells_its_value_and_a_name_switches_its_series_in_every_figure()
    {
        await using HeadlessBrowser browser = await HeadlessBrowser.Open(swept.Report, 1000, 800);
        await browser.Evaluate("document.querySelector('#throughput').scrollIntoView()");
        string text = await browser.Evaluate("""
            (() => {
              const marker = document.querySelector('#throughput .series circle').getBoundingClientRect();
              const at = { clientX: marker.x + marker.width / 2 + 3, clientY: marker.y + marker.height / 2, bubbles: true };
              document.querySelector('#throughput').dispatchEvent(new PointerEvent('pointermove', at));
              return document.querySelector('#tip.shown').textContent;
            })()
            """);
        Assert.Matches(@"^baseline, finished: 4 → \d+\.?\d* \(.* to .*\)$", text);
        const string seen = "[...document.querySelectorAll('.series[data-series=baseline]')].filter(s => getComputedStyle(s).display !== 'none').length";
        int before = int.Parse(await browser.Evaluate(seen), CultureInfo.InvariantCulture);
        Assert.True(before > 10, $"{before}");
        await browser.Evaluate("document.querySelector('#ttft .legend[data-series=baseline]').dispatchEvent(new MouseEvent('click'))");
        Assert.Equal("0", await browser.Evaluate(seen));
        Assert.NotEqual("0", await browser.Evaluate(seen.Replace("baseline", "isolated", StringComparison.Ordinal)));
        await browser.Evaluate("document.querySelector('#throughput .legend[data-series=baseline]').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }))");
        Assert.Equal(before.ToString(CultureInfo.InvariantCulture), await browser.Evaluate(seen));
    }

    [BrowserFact]
    public async Task A_figure_can_be_had_as_svg_and_png_as_it_is_seen()
    {
        await using HeadlessBrowser browser = await HeadlessBrowser.Open(swept.Report, 1000, 800);
        string downloads = Directory.CreateDirectory(swept.Folder["downloads"]).FullName;
        await browser.Ask("Page.setDownloadBehavior", new { behavior = "allow", downloadPath = downloads });
        await browser.Evaluate("document.querySelector('#ttft .legend[data-series=baseline]').dispatchEvent(new MouseEvent('click'))");
        await browser.Evaluate("document.querySelector('[data-figure=ttft] [data-download=svg]').click()");
        XElement svg = XDocument.Parse(await Text(Path.Combine(downloads, "ttft.svg"))).Root!;
        XNamespace ns = "http://www.w3.org/2000/svg";
        string[] series = [.. svg.Descendants(ns + "g").Where(group => group.Attribute("class")?.Value == "series").Select(group => group.Attribute("data-series")!.Value).Distinct()];
        Assert.Equal(["isolated"], series);
        await browser.Evaluate("document.querySelector('[data-figure=ttft] [data-download=png]').click()");
        string png = Path.Combine(downloads, "ttft.png");
        await Text(png);
        byte[] bytes = await File.ReadAllBytesAsync(png);
        Assert.Equal("PNG"u8.ToArray(), bytes[1..4]);
        Assert.True(bytes.Length > 5_000, $"{bytes.Length} bytes");
    }

    [BrowserFact]
    public async Task On_a_phone_the_page_is_as_wide_as_the_screen_and_one_variant_of_a_figure_is_shown()
    {
        await using HeadlessBrowser browser = await HeadlessBrowser.Open(swept.Report, 390, 800);
        Assert.Equal("390", await browser.Evaluate("document.documentElement.scrollWidth"));
        const string shown = "[...document.querySelectorAll('.variant[data-figure^=kv-]')].filter(v => v.offsetParent !== null).map(v => v.dataset.figure).join()";
        Assert.Equal("kv-load-14", await browser.Evaluate(shown));
        await browser.Evaluate("(select => { select.value = 'kv-load-4'; select.dispatchEvent(new Event('change')); })(document.querySelector('[data-figure^=kv-]').parentElement.querySelector('select'))");
        Assert.Equal("kv-load-4", await browser.Evaluate(shown));
    }

    [BrowserFact]
    public async Task On_paper_there_are_no_buttons_and_nothing_sticks_out()
    {
        await using HeadlessBrowser browser = await HeadlessBrowser.Open(swept.Report, 700, 1000);
        await browser.Ask("Emulation.setEmulatedMedia", new { media = "print" });
        Assert.Equal("0", await browser.Evaluate("[...document.querySelectorAll('button, nav, select, details')].filter(e => e.offsetParent !== null).length"));
        Assert.Equal("0", await browser.Evaluate("[...document.querySelectorAll('svg, table')].filter(e => e.getBoundingClientRect().right > 700).length"));
        string pdf = (string)(await browser.Ask("Page.printToPDF", new { preferCSSPageSize = true }))["data"]!;
        Assert.StartsWith("%PDF", System.Text.Encoding.Latin1.GetString(Convert.FromBase64String(pdf)[..8]), StringComparison.Ordinal);
    }

    /// <summary>What is in a file that is being written, once it is whole.</summary>
    private static async Task<string> Text(string path)
    {
        for (int tries = 0; tries < 500 && !(File.Exists(path) && new FileInfo(path).Length > 0); tries++)
        {
            await Task.Delay(20);
        }
        return await File.ReadAllTextAsync(path);
    }

    /// <summary>One sweep, whose page all of them read.</summary>
    public sealed class Swept : IDisposable
    {
        public Swept()
        {
            if (BrowserFactAttribute.Program is null)
            {
                return;
            }
            var console = new TestConsole();
            var options = new SweepOptions { Set = ["workload.load=4,14", "policies=baseline,isolated"], Repeat = 2, ResultsFolder = Folder["out"] };
            Assert.Equal(ExitCode.Ok, Sweep.Run(options, console.Console, console.Errors, CancellationToken.None));
        }

        public string Report => Folder["out/quickstart/report.html"];

        internal TemporaryFolder Folder { get; } = new();

        public void Dispose() => Folder.Dispose();
    }
}
