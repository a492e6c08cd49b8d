using System.Threading.Channels;
using Watchbill.Access;
using Watchbill.Access.Logged;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// Reads one organization with the fewest requests that give the facts: the organization first, then every listing at once, then the
/// memberships of the teams. Each scope becomes one reading; the order in which they arrive is not promised.
/// </summary>
internal sealed class OrganizationReader(SentryClient client, ReadRequest request, RequestMeter meter, RequestPlan plan, LoggedStore logged, TimeProvider clock)
{
    private readonly string _org = request.OrganizationSlug;

    private DateTimeOffset? _created;

    /// <summary>Sentry's id of the organization; null before it was read.</summary>
    public string? OrganizationId { get; private set; }

    /// <summary>Writes a reading for every scope it tried and completes the channel.</summary>
    public async Task ReadAsync(ChannelWriter<ScopeReading> readings, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var runner = new ScopeRunner(meter, clock, stop);
        try
        {
            if (await readings.EmitAsync(runner.RunAsync(Scope.Organization, ReadOrganizationAsync, cancellationToken), cancellationToken))
            {
                await ReadListingsAsync(readings, runner, cancellationToken);
            }

            readings.Complete();
        }
        catch (Exception exception)
        {
            await stop.CancelAsync();
            readings.Complete(exception);
        }
    }

    private async Task ReadListingsAsync(ChannelWriter<ScopeReading> readings, ScopeRunner runner, CancellationToken cancellationToken)
    {
        var extras = new ExtraListings(client, request, plan);
        var members = runner.RunAsync(Scope.Members, ReadMembersAsync, cancellationToken);
        Task Run(string scope, Func<DateTimeOffset, CancellationToken, Task<Observation>> read) =>
            readings.EmitAsync(runner.RunAsync(scope, read, cancellationToken), cancellationToken);

        var listings = Task.WhenAll(
            readings.EmitAsync(members, cancellationToken),
            Run(Scope.Projects, ReadProjectsAsync),
            Run(Scope.AuthProvider, extras.ReadAuthProviderAsync),
            Run(Scope.SentryApps, extras.ReadAppsAsync),
            Run(Scope.Integrations, extras.ReadIntegrationsAsync),
            Run(Scope.OrganizationTokens, extras.ReadTokensAsync),
            Run(Scope.ClientKeys, extras.ReadKeysAsync),
            new TeamsReader(client, request, runner, plan).ReadAsync(readings, members, cancellationToken));
        await Task.WhenAll(listings, ReadAuditLogAsync(readings, runner, listings, cancellationToken));
    }

    private async Task<Observation> ReadOrganizationAsync(DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var home = await client.ResolveRegionAsync(_org, cancellationToken);
        if (request.OrganizationId is not null && request.OrganizationId != home.Organization.Id)
        {
            throw new UnbelievableAnswerException(
                $"The slug {_org} now names another organization (id {home.Organization.Id} instead of {request.OrganizationId}). Connect it as a new source if that is meant.");
        }

        OrganizationId = home.Organization.Id;
        _created = home.Organization.DateCreated;
        return OrganizationMapping.Observe(readAt, home.Organization);
    }

    private async Task ReadAuditLogAsync(ChannelWriter<ScopeReading> readings, ScopeRunner runner, Task others, CancellationToken cancellationToken)
    {
        var reader = new AuditLogReader(client, request, logged, plan);
        var reading = await runner.RunAsync(Scope.AuditLog, (readAt, token) => reader.ReadAsync(readAt, _created, others, token), cancellationToken);
        await readings.WriteAsync(reading with { Note = reader.Note }, cancellationToken);
    }

    private async Task<Observation> ReadMembersAsync(DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var members = await client.Members.ListAllAsync(_org, (int)request.KnownRows(Scope.Members), cancellationToken);
        return members.Count > 0
            ? MemberMapping.Observe(readAt, members)
            : throw new UnbelievableAnswerException("Sentry listed no member at all, which cannot be: every organization has an owner. The token may not see members.");
    }

    private async Task<Observation> ReadProjectsAsync(DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var projects = await client.Projects.ListAll(_org).ToStableListAsync(cancellationToken: cancellationToken);
        request.Believe(projects.Count, Scope.Projects);
        return ProjectMapping.Observe(readAt, projects);
    }
}
