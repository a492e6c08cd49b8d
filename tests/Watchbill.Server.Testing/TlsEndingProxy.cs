namespace Watchbill.Server.Testing;

/// <summary>
/// What a browser and a proxy before the server do together where people come by https: cookies that are for https only come back, although the server is asked by http.
/// The proxy says nothing of https itself.
/// </summary>
public sealed class TlsEndingProxy() : DelegatingHandler(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false })
{
    private readonly Dictionary<string, string> _cookies = [];

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(static cookie => $"{cookie.Key}={cookie.Value}")));
        }

        var answer = await base.SendAsync(request, cancellationToken);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var (name, rest) = (cookie[..cookie.IndexOf('=', StringComparison.Ordinal)], cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            _cookies[name] = rest.Split(';')[0];
        }

        return answer;
    }
}
