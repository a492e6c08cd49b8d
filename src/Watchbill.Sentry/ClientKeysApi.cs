using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>A key with which programs send events to a project. Sentry also sends its secret half; that is never read.</summary>
public sealed record SentryClientKey : IKeyed
{
    /// <summary>The public half of the key.</summary>
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Label { get; init; }

    public string? ProjectId { get; init; }

    public bool? IsActive { get; init; }

    /// <summary>The most events it may send; null means without limit.</summary>
    public SentryKeyRateLimit? RateLimit { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>A limit of <see cref="Count"/> events in <see cref="Window"/> seconds.</summary>
public sealed record SentryKeyRateLimit
{
    public int? Window { get; init; }

    public int? Count { get; init; }
}

/// <summary>Reads client keys. Scope: <c>org:read</c>.</summary>
public sealed class ClientKeysApi
{
    private readonly RequestSender _sender;

    internal ClientKeysApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET organizations/{org}/project-keys/</c>: the keys of all projects, active and inactive.</summary>
    public SentryListing<SentryClientKey> ListForOrganization(string org) =>
        _sender.List(SentryRequest.ToCell(org, "project-keys/").Paged(), SentryJson.Default.ListSentryClientKey);
}
