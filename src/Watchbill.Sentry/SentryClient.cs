using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>
/// Sentry's API for one token. All that use the same token should share one instance or give theirs the same <see cref="SentryClientOptions.Budget"/>; it is thread-safe.
/// </summary>
public sealed class SentryClient : IDisposable
{
    private readonly RequestSender _sender;

    /// <exception cref="FormatException">The base address cannot be used.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public SentryClient(SentryClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _sender = new(options.Validated());
        Root = new(_sender);
        Organizations = new(_sender);
        Members = new(_sender);
        Teams = new(_sender);
        Projects = new(_sender);
        Scim = new(_sender);
        Environments = new(_sender);
        ClientKeys = new(_sender);
        Integrations = new(_sender);
        SentryApps = new(_sender);
        OrganizationTokens = new(_sender);
        AccessRequests = new(_sender);
        AuthProvider = new(_sender);
        AuditLogs = new(_sender);
        Issues = new(_sender);
        Releases = new(_sender);
        Repositories = new(_sender);
        Monitors = new(_sender);
        Alerts = new(_sender);
        Outlets = new(_sender);
        Usage = new(_sender);
    }

    public RootApi Root { get; }

    public OrganizationsApi Organizations { get; }

    public MembersApi Members { get; }

    public TeamsApi Teams { get; }

    public ProjectsApi Projects { get; }

    public ScimApi Scim { get; }

    public EnvironmentsApi Environments { get; }

    public ClientKeysApi ClientKeys { get; }

    public IntegrationsApi Integrations { get; }

    public SentryAppsApi SentryApps { get; }

    public OrganizationTokensApi OrganizationTokens { get; }

    public AccessRequestsApi AccessRequests { get; }

    public AuthProviderApi AuthProvider { get; }

    public AuditLogsApi AuditLogs { get; }

    public IssuesApi Issues { get; }

    public ReleasesApi Releases { get; }

    public RepositoriesApi Repositories { get; }

    public MonitorsApi Monitors { get; }

    public AlertsApi Alerts { get; }

    public OutletsApi Outlets { get; }

    public UsageApi Usage { get; }

    /// <summary>What this client has done so far.</summary>
    public SentryStatistics Statistics => _sender.Statistics;

    /// <summary>
    /// Reads the organization and, when it lives on another host of sentry.io, sends all further reads of its data straight to that region.
    /// Everything also works without this call, one hop slower. Scope: <c>org:read</c>.
    /// </summary>
    public async Task<SentryHome> ResolveRegionAsync(string org, CancellationToken cancellationToken = default)
    {
        var organization = await Organizations.GetAsync(org, cancellationToken);
        var (address, warning) = _sender.Hosts.Adopt(org, organization.Links?.RegionUrl);
        return new(organization, address, warning);
    }

    public void Dispose() => _sender.Dispose();
}
