using System.Net;
using System.Net.Sockets;
using System.Text;
using Cortex.Runtime.Tools;
using Cortex.Workloads;
using Xunit;

namespace Cortex.Runtime.Tests.Tools;

/// <summary>Requests of agents reach servers of this machine alone.</summary>
public sealed class HttpToolTests : IDisposable
{
    private readonly ToolBox tools = new(Traces.WithDatabase("SELECT 1"), new() { Time = TimeSpan.FromSeconds(4), Bytes = 1_000 });
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<string> heard = [];

    public HttpToolTests() => listener.Start();

    public void Dispose()
    {
        listener.Dispose();
        tools.Dispose();
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "ok")]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", "empty")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "error")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n", "error")]
    public async Task A_request_comes_out_as_its_answer(string answer, string outcome)
    {
        Task server = Answer(answer);
        ToolResult result = tools.Run(new ToolRun.Http("POST", Url("localhost"), "{}"), default);
        await server;
        Assert.Equal((outcome, false), (result.Outcome, result.Failed));
        Assert.StartsWith("POST /tool HTTP/1.1", heard[0]);
    }

    [Theory]
    [InlineData("not an answer\r\n\r\n", "error")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", "error")]
    [InlineData("", "timeout")]
    public async Task A_server_that_does_not_answer_as_it_should_is_a_failure(string answer, string outcome)
    {
        Task server = Answer(answer + (answer.Contains("5000") ? new string('x', 5_000) : ""));
        ToolResult result = tools.Run(new ToolRun.Http("GET", Url("127.0.0.1"), null), default);
        Assert.Equal((outcome, true), (result.Outcome, result.Failed));
        await server;
    }

    [Theory]
    [InlineData("http://192.0.2.1/")]
    [InlineData("http://example.invalid/")]
    [InlineData("http://127.0.0.1.example.invalid/")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("nonsense")]
    public void Other_machines_are_not_asked(string url) => Assert.Equal(("error", true), (Get(url).Outcome, Get(url).Failed));

    private ToolResult Get(string url) => tools.Run(new ToolRun.Http("GET", url, null), default);

    private string Url(string host) => $"http://{host}:{((IPEndPoint)listener.LocalEndpoint).Port}/tool";

    /// <summary>Answers one request; with nothing, it waits for the client to go.</summary>
    private Task Answer(string answer) => Task.Run(() =>
    {
        using TcpClient client = listener.AcceptTcpClient();
        byte[] buffer = new byte[4_096];
        heard.Add(Encoding.ASCII.GetString(buffer, 0, client.GetStream().Read(buffer)));
        if (answer.Length > 0)
        {
            client.GetStream().Write(Encoding.ASCII.GetBytes(answer));
            return;
        }
        try
        {
            while (client.GetStream().Read(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Gone in its own way.
        }
    });
}
