using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>Reads organizations. Scope: <c>org:read</c>.</summary>
public sealed class OrganizationsApi
{
    private readonly RequestSender _sender;

    internal OrganizationsApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET organizations/{org}/?detailed=0&amp;include_feature_flags=1</c>: settings, features, role lists and the caller's access.</summary>
    /// <exception cref="SentryException">
    /// <see cref="SentryFailureKind.NotFoundAtGateway"/> or <see cref="SentryFailureKind.NotFound"/>: unknown here, perhaps in another region.
    /// </exception>
    public Task<SentryOrganization> GetAsync(string org, CancellationToken cancellationToken = default) =>
        _sender.GetAsync(
            SentryRequest.ToCell(org, "").With("detailed", "0").With("include_feature_flags", "1"),
            SentryJson.Default.SentryOrganization, cancellationToken);

    /// <summary><c>GET organizations/</c>: the caller's organizations as summaries. A region's host lists only those that live there.</summary>
    public SentryListing<SentryOrganization> List() =>
        _sender.List(SentryRequest.ToControl("organizations/").Paged(), SentryJson.Default.ListSentryOrganization);
}
