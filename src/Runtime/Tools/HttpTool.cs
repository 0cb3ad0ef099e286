using System.Net;
using System.Net.Sockets;
using System.Text;
using Cortex.Workloads;

namespace Cortex.Runtime.Tools;

/// <summary>Requests to servers of this machine: whatever the name says, a connection is made to a loopback address or not at all. No proxy, no redirect.</summary>
internal sealed class HttpTool : IDisposable
{
    private readonly HttpClient client;

    public HttpTool(ToolLimits limits) => client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = Connect })
    {
        MaxResponseContentBufferSize = limits.Bytes,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <exception cref="OperationCanceledException">It was ended.</exception>
    /// <exception cref="HttpRequestException">There was no answer, or it was too long.</exception>
    public ToolResult Run(ToolRun.Http request, CancellationToken cancellation)
    {
        using HttpRequestMessage message = new(new HttpMethod(request.Method), request.Url);
        if (request.Body is not null)
        {
            message.Content = new StringContent(request.Body, Encoding.UTF8, "application/json");
        }
        using HttpResponseMessage answer = client.Send(message, HttpCompletionOption.ResponseContentRead, cancellation);
        string outcome = !answer.IsSuccessStatusCode ? ToolResult.Error : answer.Content.Headers.ContentLength == 0 ? ToolResult.Empty : ToolResult.Ok;
        return new(outcome, FormattableString.Invariant($"status {(int)answer.StatusCode}"));
    }

    public void Dispose() => client.Dispose();

    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        DnsEndPoint asked = context.DnsEndPoint;
        IPAddress[] addresses = string.Equals(asked.Host, "localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback]
            : IPAddress.TryParse(asked.Host, out IPAddress? address) && IPAddress.IsLoopback(address) ? [address]
            : throw new HttpRequestException($"'{asked.Host}' is no address of this machine; allowed: localhost, 127.0.0.1, [::1]");
        Socket socket = new(addresses[0].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses[0], asked.Port, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
