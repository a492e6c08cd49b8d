using LinqToDB;
using LinqToDB.Async;
using Watchbill.Access.Facts;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access.Queries;

/// <summary>The list of members.</summary>
internal sealed class MemberListStore(AccessStore store, IQueryable<PrincipalActivity> activity, CancellationToken cancellationToken)
{
    /// <summary>What was last seen of each principal of the connector, when now is meant; nothing for an instant, because activity has no history.</summary>
    public static IQueryable<PrincipalActivity> ActivityOf(ReadSession session, ConnectorId connector, AsOf asOf)
    {
        var isNow = asOf.IsNow;
        return session.Connection.GetTable<PrincipalActivity>().Where(seen => seen.ConnectorId == connector && isNow);
    }

    public static Task<Dictionary<string, PrincipalActivity>> ActivityByPrincipalAsync(
        ReadSession session, ConnectorId connector, AsOf asOf, CancellationToken cancellationToken) =>
        ActivityOf(session, connector, asOf).ToDictionaryAsync(static seen => seen.PrincipalKey, StringComparer.Ordinal, cancellationToken);

    public async Task<Page<MemberLine>> PageAsync(MemberFilter filter, PageRequest page)
    {
        var memberships = store.Facts<TeamMembershipFact>();
        var rows =
            from member in InState(store.Facts<MemberFact>(), filter.State)
            from seen in activity.LeftJoin(seen => seen.PrincipalKey == member.Key)
            select new Row { Member = member, LastActive = Sql.AsNullable(seen.LastActive) };
        rows = Filtered(rows, filter, memberships);
        var items = await Ordered(rows, filter).Skip(page.Offset).Take(page.Limit)
            .Select(row => new { row.Member, row.LastActive, TeamCount = memberships.Count(membership => membership.MemberId == row.Member.Key) })
            .ToListAsync(cancellationToken);
        return new Page<MemberLine>([.. items.Select(item => Line(item.Member, item.LastActive, item.TeamCount))], await rows.CountAsync(cancellationToken), page.Offset);
    }

    private static IQueryable<MemberFact> InState(IQueryable<MemberFact> members, MemberState? state) =>
        state is not { } wanted ? members : wanted switch
        {
            MemberState.Invited => members.Where(member => member.Pending && !member.Expired),
            MemberState.InvitationExpired => members.Where(member => member.Pending && member.Expired),
            MemberState.Deactivated => members.Where(member => !member.Pending && (member.UserIsActive == false || member.UserIsSuspended == true)),
            MemberState.Restricted => Enabled(members).Where(member => member.MemberLimitRestricted),
            MemberState.Active => Enabled(members).Where(member => !member.MemberLimitRestricted),
        };

    private static IQueryable<MemberFact> Enabled(IQueryable<MemberFact> members) =>
        members.Where(member => !member.Pending && (member.UserIsActive ?? true) && !(member.UserIsSuspended ?? false));

    private static IQueryable<Row> Filtered(IQueryable<Row> rows, MemberFilter filter, IQueryable<TeamMembershipFact> memberships)
    {
        if (filter.Role is { } role)
        {
            rows = rows.Where(row => row.Member.OrgRole == role);
        }

        if (filter.HasTwoFactor is { } hasTwoFactor)
        {
            rows = rows.Where(row => row.Member.HasTwoFactor == hasTwoFactor);
        }

        if (filter.InactiveSince is { } since)
        {
            rows = rows.Where(row => !row.Member.Pending && (row.LastActive == null || row.LastActive < since));
        }

        if (filter.TeamId is { } teamId)
        {
            rows = rows.Where(row => memberships.Any(membership => membership.TeamId == teamId && membership.MemberId == row.Member.Key));
        }

        if (filter.WithoutTeam)
        {
            rows = rows.Where(row => !memberships.Any(membership => membership.MemberId == row.Member.Key));
        }

        return filter.Text?.ToLowerInvariant() is { } text
            ? rows.Where(row => Sql.Lower(row.Member.Name)!.Contains(text) || Sql.Lower(row.Member.Email)!.Contains(text))
            : rows;
    }

    private static IQueryable<Row> Ordered(IQueryable<Row> rows, MemberFilter filter)
    {
        var ordered = (filter.Order, filter.Descending) switch
        {
            (MemberOrder.Email, false) => rows.OrderBy(row => row.Member.Email),
            (MemberOrder.Email, true) => rows.OrderByDescending(row => row.Member.Email),
            (MemberOrder.Name, false) => rows.OrderBy(row => row.Member.Name),
            (MemberOrder.Name, true) => rows.OrderByDescending(row => row.Member.Name),
            (MemberOrder.Role, false) => rows.OrderBy(row => row.Member.OrgRole),
            (MemberOrder.Role, true) => rows.OrderByDescending(row => row.Member.OrgRole),

            // The engines disagree on where "never" stands; the first key makes it the longest ago on both.
            (MemberOrder.LastActive, false) => rows.OrderBy(row => row.LastActive == null ? 0 : 1).ThenBy(row => row.LastActive),
            (MemberOrder.LastActive, true) => rows.OrderBy(row => row.LastActive == null ? 1 : 0).ThenByDescending(row => row.LastActive),
        };
        return ordered.ThenBy(row => row.Member.Key);
    }

    private static MemberLine Line(MemberFact member, DateTimeOffset? lastActive, int teamCount) => new()
    {
        Id = member.Key,
        Email = member.Email,
        Name = member.Name,
        OrgRole = member.OrgRole,
        State = StateOf(member),
        HasTwoFactor = member.HasTwoFactor,
        SsoLinked = member.SsoLinked,
        TeamCount = teamCount,
        DateCreated = member.DateCreated,
        LastActive = lastActive,
    };

    private static MemberState StateOf(MemberFact member) => member switch
    {
        { Pending: true } => member.Expired ? MemberState.InvitationExpired : MemberState.Invited,
        { UserIsActive: false } or { UserIsSuspended: true } => MemberState.Deactivated,
        { MemberLimitRestricted: true } => MemberState.Restricted,
        _ => MemberState.Active,
    };

    private sealed class Row
    {
        public required MemberFact Member { get; init; }

        public DateTimeOffset? LastActive { get; init; }
    }
}
