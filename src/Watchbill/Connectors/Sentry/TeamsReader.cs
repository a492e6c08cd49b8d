using System.Collections.Concurrent;
using System.Threading.Channels;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// Reads the teams and who is in them. The teams' own reading is handed over last, because a team that vanishes meanwhile corrects it.
/// </summary>
internal sealed class TeamsReader(SentryClient client, ReadRequest request, ScopeRunner runner, RequestPlan plan, ReadChoice choice, Surroundings others)
{
    /// <summary>More at once than the client ever lets through, so that the rate budget is the only limit.</summary>
    private const int MostAtOnce = 32;

    private readonly string _org = request.OrganizationSlug;
    private readonly ConcurrentBag<string> _vanished = [];
    private readonly Lock _counting = new();
    private IReadOnlyList<SentryTeam> _teams = [];
    private Task<List<SentryTeam>>? _counted;
    private string? _note;

    /// <summary>Where the list of teams is not wanted, the teams are those of the ledger; only when one of them is not there any more, the list is read after all.</summary>
    public async Task ReadAsync(ChannelWriter<ScopeReading> readings, CancellationToken cancellationToken)
    {
        var listing = choice.Wants(Scope.Teams) ? await runner.RunAsync(Scope.Teams, ReadTeamsAsync, cancellationToken) : null;
        if (listing is null)
        {
            _teams = [.. choice.TeamSlugs.Select(static team => new SentryTeam { Id = team.Key, Slug = team.Value })];
        }

        if (listing is not { Observation: null })
        {
            await ReadMembershipsAsync(readings, cancellationToken);
            listing = _vanished.IsEmpty ? listing : await ListAgainAsync(cancellationToken);
            await (listing is null ? Task.CompletedTask : EmitGoneTeamsAsync(readings, listing, cancellationToken));
        }

        if (listing is not null)
        {
            await readings.WriteAsync(listing with { Note = _note }, cancellationToken);
        }
    }

    private async Task<ScopeReading> ListAgainAsync(CancellationToken cancellationToken)
    {
        plan.Add(choice.Wants(Scope.Teams) ? 0 : RequestPlan.OfListing(request.KnownRows(Scope.Teams)));
        return await runner.RunAsync(Scope.Teams, ReadTeamsAsync, cancellationToken);
    }

    /// <summary>
    /// In a full run all that an interrupted one has not read; in an incremental run those that were chosen, whatever was read before the choice, and those
    /// never read.
    /// </summary>
    private bool IsWanted(SentryTeam team) => choice.IsEverything
        ? request.Mode is SyncMode.Incremental || !request.AlreadyRead.Contains(Scope.TeamMembers(team.Id))
        : IsChosen(team);

    private bool IsChosen(SentryTeam team) => choice.Wants(Scope.TeamMembers(team.Id))
        || !request.Known.TryGetValue(Scope.TeamMembers(team.Id), out var known)
        || (choice.ComparesCounts && team.MemberCount is { } count && count != known.RowCount);

    private async Task ReadMembershipsAsync(ChannelWriter<ScopeReading> readings, CancellationToken cancellationToken)
    {
        IReadOnlyList<SentryTeam> teams = [.. _teams.Where(IsWanted)];
        if (choice.Wants(Scope.Teams) && others.Members is not null)
        {
            var way = await PlanAsync(teams);
            _note = way.Sentence;
            plan.Add(way.Requests);
            if (way.Source is not PlacesSource.ByTeam && await others.Members is { Observation: { } members })
            {
                if (way.Source is PlacesSource.ByMember)
                {
                    await new MemberTeamsReader(client, _org, _teams, others.HasTeamRoles is not false).ReadAsync(readings, runner, members, cancellationToken);
                    return;
                }

                teams = await new ScimTeamsReader(client, _org, teams).ReadAsync(readings, runner, members, cancellationToken);
                plan.Add(CostOf(teams));
            }
        }
        else
        {
            plan.Add(CostOf(teams));
        }

        await Parallel.ForEachAsync(
            teams,
            new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken },
            async (team, _) => await ReadTeamAsync(readings, team, cancellationToken));
    }

    /// <summary>How to read so many teams. What others read meanwhile is waited for only where it could decide.</summary>
    private async Task<PlacesPlan> PlanAsync(IReadOnlyList<SentryTeam> teams)
    {
        var byTeam = CostOf(teams);
        return PlacesPlan.Cheapest(new PlacesCosts
        {
            ByTeam = byTeam,
            ByMember = choice.IsEverything ? await MembersAsync(byTeam) : null,
            Teams = _teams.Count,
            HasTeamRoles = others.HasTeamRoles,
            HasScim = others is { HasTeamRoles: false, AuthProvider: not null }
                ? (await others.AuthProvider).Observation?.Facts.OfType<AuthProviderFact>().FirstOrDefault()?.ScimEnabled
                : null,
        });
    }

    /// <summary>How many members there are: as far as the ledger knows where that is too many anyway, counted otherwise. Null when they could not be read.</summary>
    private async Task<int?> MembersAsync(int byTeam) => request.KnownRows(Scope.Members) is var known && known >= byTeam
        ? (int)known
        : (await others.Members!).Observation?.Facts.Count;

    private int CostOf(IReadOnlyList<SentryTeam> teams) => teams.Where(MayHaveMembers).Sum(static team => RequestPlan.OfListing(team.MemberCount ?? 0));

    private async Task<Observation> ReadTeamsAsync(DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        _teams = await client.Teams.List(_org).ToStableListAsync(
            teams => request.IsKnownAlready(TeamMapping.Observe(readAt, teams)) || plan.Again(teams.Count), request.KnownRows(Scope.Teams), cancellationToken);
        request.Believe(_teams.Count, Scope.Teams);
        return TeamMapping.Observe(readAt, _teams);
    }

    private async Task ReadTeamAsync(ChannelWriter<ScopeReading> readings, SentryTeam team, CancellationToken cancellationToken)
    {
        var reading = await runner.RunAsync(
            Scope.TeamMembers(team.Id), (readAt, token) => ReadMembersAsync(team, readAt, token), cancellationToken);
        if (reading.Failure is { Code: "not-found" })
        {
            // The team may have been deleted since it was listed. Only the list can say so; it is read again at the end.
            _vanished.Add(team.Id);
            return;
        }

        await readings.WriteAsync(reading, cancellationToken);
    }

    private async Task<Observation> ReadMembersAsync(SentryTeam team, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        if (!MayHaveMembers(team))
        {
            return TeamMapping.ObserveMembers(team.Id, readAt, []);
        }

        var members = await client.Teams.ListMembers(_org, team.Slug ?? team.Id).ToStableListAsync(
            rows => IsEnough(team, readAt, rows) || plan.Again(rows.Count), team.MemberCount ?? 0, cancellationToken);
        if (members.Count == 0 && request.KnownRows(Scope.TeamMembers(team.Id)) > 0 && await CountAsync(team, cancellationToken) is > 0 and var count)
        {
            throw new UnbelievableAnswerException($"Sentry counts {count} members in the team but listed none. The last complete read stays.");
        }

        return ObserveMembers(team, readAt, members);
    }

    /// <summary>How many members Sentry counts. Where the teams were not listed, they are now, for all that ask.</summary>
    private async Task<int?> CountAsync(SentryTeam team, CancellationToken cancellationToken)
    {
        if (choice.Wants(Scope.Teams))
        {
            return team.MemberCount;
        }

        Task<List<SentryTeam>> listing;
        lock (_counting)
        {
            listing = _counted ??= client.Teams.List(_org).ToListAsync(cancellationToken);
        }

        var listed = await listing;
        return listed.FirstOrDefault(other => other.Id == team.Id)?.MemberCount;
    }

    /// <summary>
    /// One read of several pages is enough when it says what is known, or when nothing is known that it could close and it holds, each once, as many
    /// members as Sentry counts in the team.
    /// </summary>
    private bool IsEnough(SentryTeam team, DateTimeOffset readAt, IReadOnlyList<SentryTeamMember> rows) =>
        request.KnownRows(Scope.TeamMembers(team.Id)) == 0
            ? rows.Count == team.MemberCount && rows.DistinctBy(static row => row.Id).Count() == rows.Count
            : request.IsKnownAlready(ObserveMembers(team, readAt, rows));

    /// <summary>Where team roles are not in force, what is stored of them means nothing, and is left out however the team is read.</summary>
    private Observation ObserveMembers(SentryTeam team, DateTimeOffset readAt, IEnumerable<SentryTeamMember> members) => TeamMapping.ObserveMembers(
        team.Id, readAt, members.Select(member => KeyValuePair.Create(member.Id, others.HasTeamRoles is false ? null : member.TeamRole)));

    /// <summary>
    /// A count of zero saves the request, unless every team says zero: Sentry counts nothing for callers that are nobody.
    /// </summary>
    private bool MayHaveMembers(SentryTeam team) => team.MemberCount is not 0 || !choice.Wants(Scope.Teams) || _teams.All(other => other.MemberCount is null or 0);

    /// <summary>Teams that the complete list no longer holds have no members; those it still holds could not be read.</summary>
    private async Task EmitGoneTeamsAsync(ChannelWriter<ScopeReading> readings, ScopeReading listing, CancellationToken cancellationToken)
    {
        var listed = _teams.Select(team => team.Id).ToHashSet();
        var known = request.Known.Values.Where(state => state.RowCount > 0 || state.StaleSince is not null)
            .Select(state => Scope.TeamOf(state.Scope)).OfType<string>();
        foreach (var teamId in known.Concat(_vanished).Distinct())
        {
            var reading = new ScopeReading { Scope = Scope.TeamMembers(teamId), ReadAt = listing.ReadAt };
            if (listing.Observation is not null && !listed.Contains(teamId))
            {
                await readings.WriteAsync(
                    reading with { Observation = TeamMapping.ObserveMembers(teamId, listing.ReadAt, []), Note = "The team is gone." }, cancellationToken);
            }
            else if (_vanished.Contains(teamId))
            {
                var failure = new ScopeFailure("team-unreadable", "Sentry lists the team but answers that it does not exist.");
                await readings.WriteAsync(reading with { Failure = listing.Failure ?? failure }, cancellationToken);
            }
        }
    }
}

/// <summary>What is read beside the teams and matters to them.</summary>
/// <param name="Members">The members; null when they are not read.</param>
/// <param name="AuthProvider">The single sign-on provider; null when it is not read.</param>
/// <param name="HasTeamRoles">Whether team roles are in force; null when Sentry does not tell.</param>
internal sealed record Surroundings(Task<ScopeReading>? Members, Task<ScopeReading>? AuthProvider, bool? HasTeamRoles);
