using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cortex.Experiments.Tests.Browser;

/// <summary>A headless Chromium with one page, driven by its own DevTools protocol.</summary>
internal sealed class HeadlessBrowser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo profile = Directory.CreateTempSubdirectory("cortex-browser-");
    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource deadline = new(Patience);
    private readonly Process process;
    private string? session;
    private int last;

    private HeadlessBrowser(Process process) => this.process = process;

    /// <summary>Everything that the browser told of its own accord: requests, exceptions, console.</summary>
    public List<JsonNode> Events { get; } = [];

    public static async Task<HeadlessBrowser> Open(string file, int width, int height)
    {
        var start = new ProcessStartInfo(BrowserFactAttribute.Program!) { RedirectStandardError = true, RedirectStandardOutput = true, Environment = { ["PATH"] = BareMachine.Path } };
        var browser = new HeadlessBrowser(new Process { StartInfo = start });
        foreach (string argument in (string[])["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--remote-debugging-port=0", $"--user-data-dir={browser.profile.FullName}", "about:blank"])
        {
            start.ArgumentList.Add(argument);
        }
        browser.process.Start();
        await browser.socket.ConnectAsync(new Uri(await browser.Address()), browser.deadline.Token);
        JsonNode target = await browser.Ask("Target.createTarget", new { url = "about:blank" });
        JsonNode attached = await browser.Ask("Target.attachToTarget", new { targetId = (string)target["targetId"]!, flatten = true });
        browser.session = (string)attached["sessionId"]!;
        await browser.Ask("Runtime.enable");
        await browser.Ask("Network.enable");
        await browser.Ask("Page.enable");
        await browser.Resize(width, height);
        await browser.Ask("Page.navigate", new { url = new Uri(file).AbsoluteUri });
        while (await browser.Evaluate("document.readyState") != "complete")
        {
            await Task.Delay(20, browser.deadline.Token);
        }
        return browser;
    }

    public Task Resize(int width, int height) =>
        Ask("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false });

    /// <summary>The value of a JavaScript expression, as text.</summary>
    public async Task<string> Evaluate(string expression)
    {
        JsonNode answer = await Ask("Runtime.evaluate", new { expression = $"String({expression})", awaitPromise = true });
        return answer["exceptionDetails"] is { } fault ? throw new InvalidOperationException(fault.ToJsonString()) : (string)answer["result"]!["value"]!;
    }

    public async Task<JsonNode> Ask(string method, object? parameters = null)
    {
        int id = ++last;
        string text = JsonSerializer.Serialize(new { id, method, @params = parameters ?? new { }, sessionId = session });
        text = session is null ? text.Replace(",\"sessionId\":null", "", StringComparison.Ordinal) : text;
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, deadline.Token);
        while (true)
        {
            JsonNode message = JsonNode.Parse(await Receive())!;
            if ((int?)message["id"] == id)
            {
                return message["error"] is { } error ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}") : message["result"]!;
            }
            Events.Add(message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        deadline.Dispose();
        try
        {
            profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A child of the browser may still be writing; the folder is a temporary one.
        }
    }

    private async Task<string> Address()
    {
        const string sign = "DevTools listening on ";
        while (await process.StandardError.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.StartsWith(sign, StringComparison.Ordinal))
            {
                // What else it has to say must not fill the pipe.
                process.BeginOutputReadLine();
                _ = process.StandardError.ReadToEndAsync();
                return line[sign.Length..].Trim();
            }
        }
        throw new InvalidOperationException("the browser ended before it listened");
    }

    private async Task<string> Receive()
    {
        using var message = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), deadline.Token);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return Encoding.UTF8.GetString(message.ToArray());
    }
}
