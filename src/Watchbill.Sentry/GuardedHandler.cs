using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>HTTP that connects only to allowed addresses, for whoever else talks to an address that somebody typed in.</summary>
public sealed class GuardedHandler : DelegatingHandler
{
    private readonly GuardedConnector _connector;

    private GuardedHandler(GuardedConnector connector, HttpMessageHandler inner)
        : base(inner) => _connector = connector;

    /// <summary>Makes one that follows no redirect, keeps no cookie and sends no tracing header.</summary>
    /// <param name="allowPrivateNetworks">Whether private networks are allowed. Addresses that give out a machine's credentials never are.</param>
    public static GuardedHandler Create(bool allowPrivateNetworks)
    {
        var connector = new GuardedConnector(allowPrivateNetworks);
        return new(connector, connector.CreateHandler());
    }

    /// <inheritdoc/>
    /// <exception cref="UnauthorizedAccessException">The address is not an allowed one.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            _connector.CheckLiteral(request.RequestUri!);
            return await base.SendAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is ForbiddenAddressException || exception.InnerException is ForbiddenAddressException)
        {
            throw new UnauthorizedAccessException("This leads to an address that is not allowed.", exception);
        }
    }
}
