using System.Data.Common;
using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
using Watchbill.Access.Roles;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access.Queries;

/// <summary>
/// Reads nodes and edges of a picture from the facts that hold at one instant, in hand-written SQL (see <see cref="HandWritten"/>). Conditions are
/// texts of this folder's own; what people wrote comes only as a parameter.
/// </summary>
internal sealed class GraphStore(ReadSession session, ConnectorId connector, AsOf asOf, CancellationToken cancellationToken)
{
    // The flags of a member travel in one number that the database computes: reading a column of ten thousand rows costs more than computing it.
    private const int Pending = 1;
    private const int Expired = 2;
    private const int SsoLinked = 4;
    private const int SsoInvalid = 8;
    private const int MemberLimitRestricted = 16;
    private const int IdpProvisioned = 32;

    // Yes, no and unknown take two bits: "yes" and "known".
    private const int UserIsActive = 64;
    private const int UserIsSuspended = 256;
    private const int HasTwoFactor = 1024;
    private const int IsSuperuser = 4096;
    private const int IsStaff = 16384;
    private const int Known = 2;

    private static readonly string MemberColumns = "m.key, m.user_id, m.email, m.name, m.org_role, "
        + string.Join(" + ",
            Flag("pending", Pending), Flag("expired", Expired), Flag("sso_linked", SsoLinked), Flag("sso_invalid", SsoInvalid),
            Flag("member_limit_restricted", MemberLimitRestricted), Flag("idp_provisioned", IdpProvisioned),
            ThreeWays("user_is_active", UserIsActive), ThreeWays("user_is_suspended", UserIsSuspended), ThreeWays("has_two_factor", HasTwoFactor),
            ThreeWays("is_superuser", IsSuperuser), ThreeWays("is_staff", IsStaff));

    /// <summary>The organization's settings; null when they were never read.</summary>
    public async Task<OrganizationFact?> OrganizationAsync() =>
        (await session.ReadWholeAsync<OrganizationFact>($"SELECT * FROM organization_fact f WHERE {Holds("f")} LIMIT 1", Values(), cancellationToken)).FirstOrDefault();

    /// <summary>The single sign-on provider; null when there is none, or it was never read.</summary>
    public async Task<AuthProviderFact?> AuthProviderAsync() =>
        (await session.ReadWholeAsync<AuthProviderFact>($"SELECT * FROM auth_provider_fact f WHERE {Holds("f")} LIMIT 1", Values(), cancellationToken)).FirstOrDefault();

    /// <summary>Members; <paramref name="more"/> narrows them (alias <c>m</c>), <paramref name="join"/> joins what it speaks of.</summary>
    public Task<List<MemberNode>> MembersAsync(string join = "", string more = "", params (string Name, object Value)[] values) =>
        ReadAsync($"SELECT {MemberColumns} FROM member_fact m {join} WHERE {Holds("m")} {more}", values, Member);

    /// <summary>Teams (alias <c>t</c>).</summary>
    public Task<List<TeamNode>> TeamsAsync(string join = "", string more = "", params (string Name, object Value)[] values) =>
        ReadAsync(
            $"SELECT t.key, t.slug, t.name, t.idp_provisioned FROM team_fact t {join} WHERE {Holds("t")} {more}", values,
            static row => new TeamNode(row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)));

    /// <summary>Projects (alias <c>p</c>).</summary>
    public Task<List<ProjectNode>> ProjectsAsync(string join = "", string more = "", params (string Name, object Value)[] values) =>
        ReadAsync(
            $"SELECT p.key, p.slug, p.name, p.platform FROM project_fact p {join} WHERE {Holds("p")} {more}", values,
            static row => new ProjectNode(row.GetString(0), row.GetString(1), row.GetString(2), row.Text(3)));

    /// <summary>Places in teams (alias <c>e</c>).</summary>
    public Task<List<MembershipEdge>> MembershipsAsync(string join = "", string more = "", params (string Name, object Value)[] values) =>
        ReadAsync(
            $"SELECT e.team_id, e.member_id, e.team_role FROM team_membership_fact e {join} WHERE {Holds("e")} {more}", values,
            static row => new MembershipEdge(row.GetString(0), row.GetString(1), row.Text(2)));

    /// <summary>Which team owns which project (alias <c>l</c>).</summary>
    public Task<List<ProjectTeamEdge>> LinksAsync(string join = "", string more = "", params (string Name, object Value)[] values) =>
        ReadAsync(
            $"SELECT l.project_id, l.team_id FROM project_team_fact l {join} WHERE {Holds("l")} {more}", values,
            static row => new ProjectTeamEdge(row.GetString(0), row.GetString(1)));

    /// <summary>Principals that are no persons (alias <c>n</c>).</summary>
    public Task<List<NonHumanNode>> NonHumansAsync(string more = "", params (string Name, object Value)[] values) =>
        ReadAsync($"SELECT n.key, n.kind, n.name, n.is_active, n.scopes, n.project_id FROM non_human_fact n WHERE {Holds("n")} {more}", values, NonHuman);

    /// <summary>Things that a person's words may mean.</summary>
    /// <param name="kind">Where to look.</param>
    /// <param name="condition">Which, with the words as <c>@text</c>.</param>
    /// <param name="text">The words.</param>
    public Task<List<Candidate>> CandidatesAsync(CandidateKind kind, string condition, string text)
    {
        var (columns, table, order) = kind switch
        {
            CandidateKind.Member => ("c.key, c.name || ' <' || c.email || '>'", "member_fact", "c.email, c.key"),
            CandidateKind.Project => ("c.key, c.slug", "project_fact", "c.slug, c.key"),
            CandidateKind.Team => ("c.key, c.slug", "team_fact", "c.slug, c.key"),
        };
        return ReadAsync(
            $"SELECT {columns} FROM {table} c WHERE {Holds("c")} AND {condition} ORDER BY {order} LIMIT {LookupStore.MostCandidates}", [("text", text)],
            static row => new Candidate(row.GetString(0), row.GetString(1)));
    }

    /// <summary>The condition that a fact holds at the instant. "Now" is an equality on the stored open end, so that the indexes' last column decides.</summary>
    public string Holds(string alias) => asOf.IsNow
        ? $"{alias}.connector_id = @connector AND {alias}.valid_to = @open"
        : $"{alias}.connector_id = @connector AND {alias}.valid_from <= @at AND {alias}.valid_to > @at";

    private static string Flag(string column, int bit) => $"CASE WHEN m.{column} THEN {bit} ELSE 0 END";

    private static string ThreeWays(string column, int bit) =>
        $"CASE WHEN m.{column} IS NULL THEN 0 WHEN m.{column} THEN {bit * (1 + Known)} ELSE {bit * Known} END";

    private static MemberNode Member(DbDataReader row)
    {
        var flags = row.GetInt32(5);
        return new MemberNode
        {
            Id = row.GetString(0),
            UserId = row.Text(1),
            Email = row.GetString(2),
            Name = row.GetString(3),
            OrgRole = RoleName(row.GetString(4)),
            Pending = (flags & Pending) != 0,
            Expired = (flags & Expired) != 0,
            SsoLinked = (flags & SsoLinked) != 0,
            SsoInvalid = (flags & SsoInvalid) != 0,
            MemberLimitRestricted = (flags & MemberLimitRestricted) != 0,
            IdpProvisioned = (flags & IdpProvisioned) != 0,
            UserIsActive = Answer(flags, UserIsActive),
            UserIsSuspended = Answer(flags, UserIsSuspended),
            HasTwoFactor = Answer(flags, HasTwoFactor),
            IsSuperuser = Answer(flags, IsSuperuser),
            IsStaff = Answer(flags, IsStaff),
        };
    }

    /// <summary>Ten thousand members share a handful of roles.</summary>
    private static string RoleName(string name) => string.IsInterned(name) ?? name;

    private static bool? Answer(int flags, int bit) => (flags & (bit * Known)) == 0 ? null : (flags & bit) != 0;

    private static NonHumanNode NonHuman(DbDataReader row) => new(
        row.GetString(0),
        Enum.Parse<NonHumanKind>(row.GetString(1)),
        row.GetString(2),
        row.IsDBNull(3) ? null : row.GetBoolean(3),
        row.IsDBNull(4) ? null : ScopeSet.Parse(row.GetString(4)),
        row.Text(5));

    private Task<List<T>> ReadAsync<T>(string sql, (string Name, object Value)[] values, Func<DbDataReader, T> row) =>
        session.ReadAsync(sql, Values(values), row, cancellationToken);

    private (string Name, object Value)[] Values(params (string Name, object Value)[] more) =>
    [
        ("connector", connector.Value),
        asOf.IsNow ? ("open", Conventions.ToMicroseconds(Conventions.OpenEnd)) : ("at", Conventions.ToMicroseconds(asOf.At)),
        .. more,
    ];
}

/// <summary>What a person's words may name.</summary>
internal enum CandidateKind
{
    /// <summary>A member or invitation.</summary>
    Member,

    /// <summary>A project.</summary>
    Project,

    /// <summary>A team.</summary>
    Team,
}
