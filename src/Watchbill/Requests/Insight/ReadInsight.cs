using Watchbill.Access.Explore;
using Watchbill.Access.Logged;
using Watchbill.Access.Queries;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Requests.Insight;

/// <summary>Tells how asking for access goes, and what of the access that is there all the time could be asked for instead. Needs the right to read access.</summary>
public sealed class ReadInsight
{
    /// <summary>The longest time to look back, in days.</summary>
    public const int MostDays = 730;

    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly OrganizationPictures _pictures;
    private readonly LoggedStore _logged;
    private readonly RequestDesk _desk;

    internal ReadInsight(Database database, ConnectorStore connectors, OrganizationPictures pictures, LoggedStore logged, RequestDesk desk)
    {
        _database = database;
        _connectors = connectors;
        _pictures = pictures;
        _logged = logged;
        _desk = desk;
    }

    /// <summary>What was asked for in the last days, in all organizations.</summary>
    public async Task<Result<RequestInsight>> RunAsync(int days, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        if (days is < 1 or > MostDays)
        {
            return RequestRefusals.BadDays(MostDays);
        }

        var since = _desk.Now.AddDays(-days);
        await using var session = _database.OpenRead();
        var asked = await InsightStore.AskedAsync(session, since, cancellationToken);
        return new RequestInsight(
            since,
            [.. asked.Where(static one => !one.IsBreakGlass).GroupBy(static one => one.Policy).Select(static group => SpeedOf([.. group])).OrderBy(static speed => speed.Name, StringComparer.OrdinalIgnoreCase)],
            [.. asked.Where(static one => one.IsBreakGlass).GroupBy(static one => (one.Connector, one.Member)).Select(static group => UseOf([.. group])).OrderByDescending(static use => use.Times).ThenBy(static use => use.Name, StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>What of the standing access of an organization nobody used in the last days.</summary>
    public async Task<Result<UnusedReport>> UnusedAsync(ConnectorId connector, int days, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        if (days is < 1 or > MostDays)
        {
            return RequestRefusals.BadDays(MostDays);
        }

        if (await _connectors.FindAsync(connector, cancellationToken) is not { } row)
        {
            return SyncRefusals.NoSuchConnector(connector.ToString());
        }

        var picture = await _pictures.CurrentAsync(connector, cancellationToken);
        if (picture.IsUnread)
        {
            return RequestRefusals.NotRead(row.Name);
        }

        var (since, reach) = (_desk.Now.AddDays(-days), await _logged.ReachAsync(connector, cancellationToken));
        await using var session = _database.OpenRead();
        var temporary = (await GrantStore.ListAsync(session, new GrantSearch { OnlyOpen = true, Limit = int.MaxValue }, cancellationToken))
            .Where(grant => grant.ConnectorId == connector && grant.EndsAt != DateTimeOffset.MaxValue).Select(static grant => (grant.Member, grant.Kind, grant.Team)).ToHashSet();
        var search = new UnusedSearch(picture, since, reach?.Since, await LoggedStore.LastActsAsync(session, connector, cancellationToken), temporary);
        return new UnusedReport([.. search.Rows()], since, reach?.Since, picture.Members.Count(static member => !member.Member.Pending && !member.ActivityTold));
    }

    private static PolicySpeed SpeedOf(IReadOnlyList<AskedRow> asked)
    {
        var granted = asked.Where(static one => one.State is RequestState.Approved).ToList();
        List<TimeSpan> decided = [.. granted.Where(static one => one.DecidedAt is not null).Select(static one => one.DecidedAt!.Value - one.RequestedAt).Order()];
        List<TimeSpan> there = [.. granted.Where(static one => one is { ProvenAt: not null, StartsAt: null }).Select(static one => one.ProvenAt!.Value - one.RequestedAt).Order()];
        return new PolicySpeed
        {
            Policy = asked[0].Policy,
            Name = asked.MaxBy(static one => one.RequestedAt)!.PolicyName,
            Asked = asked.Count,
            Approved = granted.Count,
            Denied = asked.Count(static one => one.State is RequestState.Denied),
            Unanswered = asked.Count(static one => one.State is RequestState.Expired),
            MedianDecision = At(decided, 0.5),
            MedianAccess = At(there, 0.5),
            NinthTenthAccess = At(there, 0.9),
        };
    }

    private static EmergencyUse UseOf(IReadOnlyList<AskedRow> taken)
    {
        var last = taken.MaxBy(static one => one.RequestedAt)!;
        return new EmergencyUse(last.Member, last.MemberName, taken.Count, taken.Count(static one => one.WasJustified is true), taken.Count(static one => one.WasJustified is false), last.RequestedAt);
    }

    /// <summary>The value at a share of a sorted list: the smallest that at least so many do not exceed.</summary>
    private static TimeSpan? At(List<TimeSpan> sorted, double share) => sorted.Count == 0 ? null : sorted[(int)Math.Ceiling(sorted.Count * share) - 1];
}

/// <summary>Looks for standing access that nobody used.</summary>
internal sealed class UnusedSearch(
    OrganizationPicture picture, DateTimeOffset since, DateTimeOffset? logSince, IReadOnlyDictionary<string, DateTimeOffset> lastActs, IReadOnlySet<(string Member, AccessKind Kind, string? Team)> temporary)
{
    private const string Organization = "the organization";

    public IEnumerable<UnusedAccess> Rows()
    {
        var ordinary = picture.Graph.Roles.OrgRole("member").Rank;
        return picture.Members.Where(static row => row.State is MemberState.Active).OrderByDescending(static row => row.Role.Rank).ThenBy(static row => row.Member.Email, StringComparer.OrdinalIgnoreCase)
            .SelectMany(row => Of(row, ordinary));
    }

    private IEnumerable<UnusedAccess> Of(MemberRow row, int ordinary)
    {
        var member = row.Member;
        DateTimeOffset? acted = member.UserId is { } user && lastActs.TryGetValue(user, out var last) ? last : null;
        var places = picture.Graph.MembershipsOf(member).Where(place => !temporary.Contains((member.Id, AccessKind.TeamMembership, place.TeamId))).ToList();
        var isStanding = !temporary.Contains((member.Id, AccessKind.OrgRole, null));
        if (row.ActivityTold && !(row.LastActive >= since) && !(acted >= since))
        {
            yield return new UnusedAccess(member, new AccessTarget(AccessKind.OrgRole, null, member.OrgRole), Organization, places.Count, UnusedReason.NotActive, row.LastActive, acted);
            yield break;
        }

        if (!(logSince <= since) || member.UserId is null || acted >= since)
        {
            yield break;
        }

        if (isStanding && row.Role.Rank > ordinary)
        {
            yield return new UnusedAccess(member, new AccessTarget(AccessKind.OrgRole, null, member.OrgRole), Organization, 0, UnusedReason.NothingChanged, row.LastActive, acted);
        }

        foreach (var place in places.Where(place => place.TeamRole is { } role && role != picture.Graph.Roles.TeamRoles[0].Id && picture.Graph.TeamRolesInForce))
        {
            yield return new UnusedAccess(
                member, new AccessTarget(AccessKind.TeamMembership, place.TeamId, place.TeamRole!), picture.Graph.FindTeam(place.TeamId)?.Slug ?? place.TeamId, 0, UnusedReason.NothingChanged, row.LastActive, acted);
        }
    }
}
