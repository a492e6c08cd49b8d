using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>The listings beside members, teams and projects. A token may lack the right for some of them; that is a blind spot, not a failure.</summary>
internal sealed class ExtraListings(SentryClient client, ReadRequest request, RequestPlan plan)
{
    private readonly string _org = request.OrganizationSlug;

    public async Task<Observation> ReadAuthProviderAsync(DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var provider = await client.AuthProvider.GetAsync(_org, cancellationToken);
        return new Observation(Scope.AuthProvider, readAt, provider is null ? [] : [ToFact(provider)], []);
    }

    public async Task<Observation> ReadAppsAsync(DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var own = await client.SentryApps.List(_org).ToListAsync(cancellationToken);
        var installations = await client.SentryApps.ListInstallations(_org).ToStableListAsync(cancellationToken: cancellationToken);
        var ownSlugs = own.Select(app => app.Slug).ToHashSet();
        List<SentryApp> installed = [];
        foreach (var slug in installations.Select(installation => installation.App?.Slug).OfType<string>().Where(slug => !ownSlugs.Contains(slug)).Distinct())
        {
            plan.Add(1);
            installed.Add(await client.SentryApps.GetAsync(slug, cancellationToken));
        }

        return NonHumanMapping.ObserveApps(readAt, own, installations, installed);
    }

    public async Task<Observation> ReadIntegrationsAsync(DateTimeOffset readAt, CancellationToken cancellationToken) =>
        await ReadAsync(Scope.Integrations, client.Integrations.List(_org), rows => NonHumanMapping.ObserveIntegrations(readAt, rows), cancellationToken);

    public async Task<Observation> ReadTokensAsync(DateTimeOffset readAt, CancellationToken cancellationToken) =>
        NonHumanMapping.ObserveTokens(readAt, await client.OrganizationTokens.List(_org).ToListAsync(cancellationToken));

    public async Task<Observation> ReadKeysAsync(DateTimeOffset readAt, CancellationToken cancellationToken) =>
        await ReadAsync(Scope.ClientKeys, client.ClientKeys.ListForOrganization(_org), rows => NonHumanMapping.ObserveKeys(readAt, rows), cancellationToken);

    /// <summary>
    /// Where facts are known, a read that says something new is believed when a second one agrees; the first read of all can close nothing.
    /// </summary>
    private async Task<Observation> ReadAsync<T>(
        string scope, SentryListing<T> listing, Func<IReadOnlyList<T>, Observation> observe, CancellationToken cancellationToken)
    {
        var known = request.KnownRows(scope);
        return observe(await listing.ToStableListAsync(
            rows => known == 0 || request.IsKnownAlready(observe(rows)) || plan.Again(rows.Count), known, cancellationToken));
    }

    private static AuthProviderFact ToFact(SentryAuthProvider provider) => new()
    {
        Scope = Scope.AuthProvider,
        Key = provider.Id,
        ProviderName = provider.ProviderName ?? "",
        RequireLink = provider.RequireLink,
        ScimEnabled = provider.ScimEnabled,
        DefaultRole = provider.DefaultRole,
        PendingLinks = provider.PendingLinksCount,
    };
}
