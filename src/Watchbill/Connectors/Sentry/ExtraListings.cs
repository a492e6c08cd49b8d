using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>The listings beside members, teams and projects. A token may lack the right for some of them; that is a blind spot, not a failure.</summary>
internal sealed class ExtraListings(SentryClient client, string org)
{
    public async Task<Observation> ReadAuthProviderAsync(DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var provider = await client.AuthProvider.GetAsync(org, cancellationToken);
        return new Observation(Scope.AuthProvider, readAt, provider is null ? [] : [ToFact(provider)], []);
    }

    public async Task<Observation> ReadAppsAsync(DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var own = await client.SentryApps.List(org).ToListAsync(cancellationToken);
        var installations = await client.SentryApps.ListInstallations(org).ToStableListAsync(cancellationToken);
        var ownSlugs = own.Select(app => app.Slug).ToHashSet();
        List<SentryApp> installed = [];
        foreach (var slug in installations.Select(installation => installation.App?.Slug).OfType<string>().Where(slug => !ownSlugs.Contains(slug)).Distinct())
        {
            installed.Add(await client.SentryApps.GetAsync(slug, cancellationToken));
        }

        return NonHumanMapping.ObserveApps(readAt, own, installations, installed);
    }

    public async Task<Observation> ReadIntegrationsAsync(DateTimeOffset readAt, CancellationToken cancellationToken) =>
        NonHumanMapping.ObserveIntegrations(readAt, await client.Integrations.List(org).ToStableListAsync(cancellationToken));

    public async Task<Observation> ReadTokensAsync(DateTimeOffset readAt, CancellationToken cancellationToken) =>
        NonHumanMapping.ObserveTokens(readAt, await client.OrganizationTokens.List(org).ToListAsync(cancellationToken));

    public async Task<Observation> ReadKeysAsync(DateTimeOffset readAt, CancellationToken cancellationToken) =>
        NonHumanMapping.ObserveKeys(readAt, await client.ClientKeys.ListForOrganization(org).ToStableListAsync(cancellationToken));

    private static AuthProviderFact ToFact(SentryAuthProvider provider) => new()
    {
        Scope = Scope.AuthProvider,
        Key = provider.Id,
        ProviderName = provider.ProviderName ?? "",
        RequireLink = provider.RequireLink,
        ScimEnabled = provider.ScimEnabled,
        DefaultRole = provider.DefaultRole,
    };
}
