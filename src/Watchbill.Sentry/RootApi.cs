using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>What the root of the API says about itself and the caller.</summary>
public sealed record SentryApiIndex
{
    /// <summary>The API version, always "0" so far.</summary>
    public string? Version { get; init; }

    public SentryApiAuth? Auth { get; init; }

    /// <summary>The caller's account; for integrations a stand-in account, null for tokens that act for nobody.</summary>
    public SentryUser? User { get; init; }
}

/// <summary>The token's own scopes, before the role in an organization narrows them.</summary>
public sealed record SentryApiAuth
{
    public IReadOnlyList<string>? Scopes { get; init; }
}

/// <summary>A region of sentry.io.</summary>
public sealed record SentryRegion
{
    public string? Name { get; init; }

    public string? Url { get; init; }
}

internal sealed record SentryRegionList
{
    public IReadOnlyList<SentryRegion>? Regions { get; init; }
}

/// <summary>Reads what is not bound to an organization. No scope is needed unless said.</summary>
public sealed class RootApi
{
    private readonly RequestSender _sender;

    internal RootApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET /api/0/</c>: works for every kind of token; the cheapest proof that this is Sentry and the token is valid.</summary>
    /// <exception cref="SentryException"><see cref="SentryFailureKind.NotSentry"/> when the answer is JSON without a version.</exception>
    public async Task<SentryApiIndex> GetApiIndexAsync(CancellationToken cancellationToken = default)
    {
        var request = SentryRequest.ToControl("");
        var index = await _sender.GetAsync(request, SentryJson.Default.SentryApiIndex, cancellationToken);
        return index.Version is not null ? index : throw Failures.NotSentry(request, null);
    }

    /// <summary><c>GET users/me/regions/</c>: the regions the caller's organizations live in. Personal tokens only; scope <c>org:read</c>.</summary>
    public async Task<IReadOnlyList<SentryRegion>> ListRegionsAsync(CancellationToken cancellationToken = default)
    {
        var list = await _sender.GetAsync(SentryRequest.ToControl("users/me/regions/"), SentryJson.Default.SentryRegionList, cancellationToken);
        return list.Regions ?? [];
    }

    /// <summary><c>GET users/me/</c>: the caller's account. Personal tokens only.</summary>
    public Task<SentryUser> GetCurrentUserAsync(CancellationToken cancellationToken = default) =>
        _sender.GetAsync(SentryRequest.ToControl("users/me/"), SentryJson.Default.SentryUser, cancellationToken);
}
