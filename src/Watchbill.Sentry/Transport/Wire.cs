using System.Net;
using System.Net.Http.Headers;

namespace Watchbill.Sentry.Transport;

/// <summary>
/// The HTTP client, set up so that the token cannot leak: no redirects, no cookies, no tracing headers, connections only to allowed addresses.
/// </summary>
internal sealed class Wire : IDisposable
{
    private readonly SentryToken _token;
    private readonly GuardedConnector _connector;
    private readonly HttpClient _http;

    public Wire(SentryClientOptions options)
    {
        _token = options.Token;
        _connector = new(options.AllowPrivateNetworks);
        var handler = _connector.CreateHandler();
        handler.UseProxy = options.UseEnvironmentProxy;
        handler.AutomaticDecompression = DecompressionMethods.All;
        handler.MaxConnectionsPerServer = options.MaxConcurrency;
        _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Accept.Add(new("application/json"));
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(options.UserAgent);
    }

    /// <summary>Sends and returns as soon as the headers are there.</summary>
    public async Task<HttpResponseMessage> SendAsync(SentryRequest request, Uri host, CancellationToken cancellationToken)
    {
        var address = request.On(host);
        _connector.CheckLiteral(address);
        using var message = new HttpRequestMessage(request.Method, address);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token.Reveal());
        if (request.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.ContentType = new("application/json");
        }

        return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public void Dispose() => _http.Dispose();
}
