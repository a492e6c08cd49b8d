using System.Threading.Channels;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Access.Logged;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// Reads one organization with the fewest requests that give the facts: the organization first, then every listing at once, then the
/// memberships of the teams. An incremental run asks the audit log before, and reads just what it names. Each scope becomes one reading; the order in which
/// they arrive is not promised.
/// </summary>
internal sealed class OrganizationReader(
    SentryClient client, ReadRequest request, RequestMeter meter, RequestPlan plan, LoggedStore logged, OpenFactsStore open, TimeProvider clock)
{
    private readonly string _org = request.OrganizationSlug;
    private readonly ReadChooser _chooser = new(request, logged, open);

    private DateTimeOffset? _created;
    private bool? _proven;
    private bool? _hasTeamRoles;

    /// <summary>Sentry's id of the organization; null before it was read.</summary>
    public string? OrganizationId { get; private set; }

    /// <summary>What it reads; null while that is not decided.</summary>
    public ReadChoice? Choice { get; private set; } = request.Mode is SyncMode.Full ? ReadChoice.Everything : null;

    /// <summary>Until when the audit log names no change of what an incremental run leaves out; null when the log was not asked.</summary>
    public DateTimeOffset? VouchedAt { get; private set; }

    /// <summary>Writes a reading for every scope it tried and completes the channel.</summary>
    public async Task ReadAsync(ChannelWriter<ScopeReading> readings, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var runner = new ScopeRunner(meter, clock, stop);
        try
        {
            Choice ??= await ChooseAsync(readings, runner, cancellationToken);
            if (Choice is { IsNothing: false } choice && await ProveAsync(readings, runner, cancellationToken))
            {
                await ReadListingsAsync(choice, readings, runner, cancellationToken);
            }

            readings.Complete();
        }
        catch (Exception exception)
        {
            await stop.CancelAsync();
            readings.Complete(exception);
        }
    }

    /// <summary>Only asks the audit log what an incremental run would read; null when nothing can be read at all.</summary>
    public async Task<ReadChoice?> LookAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var nobody = Channel.CreateUnbounded<ScopeReading>();
        return await ChooseAsync(nobody.Writer, new ScopeRunner(meter, clock, stop), cancellationToken);
    }

    /// <summary>Asks the audit log what changed; where it cannot be asked, age decides. Null when nothing can be read at all.</summary>
    private async Task<ReadChoice?> ChooseAsync(ChannelWriter<ScopeReading> readings, ScopeRunner runner, CancellationToken cancellationToken)
    {
        var byLog = request.Known.GetValueOrDefault(Scope.AuditLog) is { LastCompleteAt: not null } && await CatchUpAsync(readings, runner, cancellationToken);
        if (runner.Fatal is not null)
        {
            return null;
        }

        var choice = byLog ? await _chooser.ByLogAsync(cancellationToken) : _chooser.ByAge(runner.Now, request.FullEvery);
        plan.Choose(choice);
        return choice;
    }

    private async Task<bool> CatchUpAsync(ChannelWriter<ScopeReading> readings, ScopeRunner runner, CancellationToken cancellationToken)
    {
        var reader = new AuditLogReader(client, request, logged, plan, clock);
        async Task Prove(CancellationToken token)
        {
            if (!await ProveAsync(readings, runner, token))
            {
                throw new UnbelievableAnswerException("The audit log holds nothing that is known, and the organization could not be read to tell whether it still is the same.");
            }
        }

        var reading = await runner.RunAsync(Scope.AuditLog, (readAt, token) => reader.CatchUpAsync(readAt, Prove, token), cancellationToken);
        await readings.WriteAsync(reading with { Note = reader.Note }, cancellationToken);
        VouchedAt = reading.Observation?.ReadAt;
        return reading.Observation is not null;
    }

    /// <summary>Reads the organization, once: the slug must still name the one that was read before.</summary>
    private async Task<bool> ProveAsync(ChannelWriter<ScopeReading> readings, ScopeRunner runner, CancellationToken cancellationToken) =>
        _proven ??= await readings.EmitAsync(runner.RunAsync(Scope.Organization, ReadOrganizationAsync, cancellationToken), cancellationToken);

    private async Task ReadListingsAsync(ReadChoice choice, ChannelWriter<ScopeReading> readings, ScopeRunner runner, CancellationToken cancellationToken)
    {
        var log = new AuditLogReader(client, request, logged, plan, clock);
        var begun = request.Mode is SyncMode.Full ? runner.RunAsync(Scope.AuditLog, log.BeginAsync, cancellationToken) : null;
        await Task.WhenAny(log.NewestArrived, begun ?? Task.CompletedTask);
        var extras = new ExtraListings(client, request, plan);
        var reader = new MembersReader(client, request, plan, open, _hasTeamRoles is not false);
        var members = choice.Wants(Scope.Members) ? runner.RunAsync(Scope.Members, (readAt, token) => reader.ReadAsync(choice, readAt, token), cancellationToken) : null;
        if (choice.Members.Count > 0)
        {
            await members!;
            Choice = choice = choice.And(reader.MovedTeams, reader.NamesUnknownTeam);
        }

        var provider = choice.Wants(Scope.AuthProvider) ? runner.RunAsync(Scope.AuthProvider, extras.ReadAuthProviderAsync, cancellationToken) : null;
        Task Run(string scope, Func<DateTimeOffset, CancellationToken, Task<Observation>> read) =>
            choice.Wants(scope) ? readings.EmitAsync(runner.RunAsync(scope, read, cancellationToken), cancellationToken) : Task.CompletedTask;

        var listings = Task.WhenAll(
            members is null ? Task.CompletedTask : readings.EmitAsync(members, cancellationToken),
            Run(Scope.Projects, ReadProjectsAsync),
            provider is null ? Task.CompletedTask : readings.EmitAsync(provider, cancellationToken),
            Run(Scope.SentryApps, extras.ReadAppsAsync),
            Run(Scope.Integrations, extras.ReadIntegrationsAsync),
            Run(Scope.OrganizationTokens, extras.ReadTokensAsync),
            Run(Scope.ClientKeys, extras.ReadKeysAsync),
            choice.Wants(Scope.Teams) || choice.WantsTeamMembers
                ? new TeamsReader(client, request, runner, plan, choice, new Surroundings(members, provider, _hasTeamRoles)).ReadAsync(readings, cancellationToken) : Task.CompletedTask);
        await Task.WhenAll(listings, begun is null ? Task.CompletedTask : EndLogAsync(log, begun, readings, runner, listings, cancellationToken));
    }

    private async Task<Observation> ReadOrganizationAsync(DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var home = await client.ResolveRegionAsync(_org, cancellationToken);
        if (request.OrganizationId is not null && request.OrganizationId != home.Organization.Id)
        {
            throw UnbelievableAnswerException.OtherOrganization(_org, home.Organization.Id, request.OrganizationId);
        }

        OrganizationId = home.Organization.Id;
        _created = home.Organization.DateCreated;
        var observed = OrganizationMapping.Observe(readAt, home.Organization);
        _hasTeamRoles = observed.Facts.OfType<OrganizationFact>().Single().HasTeamRoles;
        return observed;
    }

    private async Task EndLogAsync(
        AuditLogReader log, Task<ScopeReading> beginning, ChannelWriter<ScopeReading> readings, ScopeRunner runner, Task others, CancellationToken cancellationToken)
    {
        var begun = await beginning;
        if (begun.Failure is not null)
        {
            await readings.WriteAsync(begun, cancellationToken);
            return;
        }

        var reading = await runner.RunAsync(Scope.AuditLog, (readAt, token) => log.EndAsync(readAt, _created, others, token), cancellationToken);
        await readings.WriteAsync(reading with { Note = log.Note, Requests = begun.Requests + reading.Requests }, cancellationToken);
    }

    private async Task<Observation> ReadProjectsAsync(DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var projects = await client.Projects.ListAll(_org).ToStableListAsync(cancellationToken: cancellationToken);
        request.Believe(projects.Count, Scope.Projects);
        return ProjectMapping.Observe(readAt, projects);
    }
}
