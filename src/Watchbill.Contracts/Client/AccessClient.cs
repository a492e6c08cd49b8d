using Watchbill.Contracts.Access;

namespace Watchbill.Contracts.Client;

/// <summary>Who can reach what in the organization of one connector.</summary>
public sealed class AccessClient
{
    private readonly ApiTransport _transport;
    private readonly string _root;

    internal AccessClient(ApiTransport transport, long connector)
    {
        _transport = transport;
        _root = $"connectors/{connector}";
    }

    /// <summary>How much access there is, and what is most striking about it.</summary>
    public Task<AccessAnswer<Overview>> OverviewAsync(InstantQuery query, CancellationToken cancellationToken) => GetAsync<AccessAnswer<Overview>>("overview", query, cancellationToken);

    /// <summary>Why a member reaches a project, or why not and what would give it.</summary>
    public Task<AccessAnswer<Explanation>> WhyAsync(WhyQuery query, CancellationToken cancellationToken) => GetAsync<AccessAnswer<Explanation>>("why", query, cancellationToken);

    /// <summary>What taking something away would take away.</summary>
    public Task<AccessAnswer<BlastRadius>> BlastRadiusAsync(BlastRadiusQuery query, CancellationToken cancellationToken) =>
        GetAsync<AccessAnswer<BlastRadius>>("blast-radius", query, cancellationToken);

    /// <summary>A part of the accounts with the people they belong to.</summary>
    public Task<AccessPage<MatchedAccount>> AccountsAsync(MatchedAccountQuery query, CancellationToken cancellationToken) => GetAsync<AccessPage<MatchedAccount>>("accounts", query, cancellationToken);

    /// <summary>Says what accounts stand for and whose they are.</summary>
    public Task<IReadOnlyList<MatchedAccount>> ChangeAccountsAsync(AccountsChange change, CancellationToken cancellationToken) =>
        _transport.SendAsync<IReadOnlyList<MatchedAccount>>(new Outgoing(HttpMethod.Put, $"{_root}/accounts") { Body = change }, cancellationToken);

    /// <summary>A part of the accesses that taking something away would touch.</summary>
    public Task<AccessPage<Loss>> LossesAsync(LossQuery query, CancellationToken cancellationToken) => GetAsync<AccessPage<Loss>>("blast-radius/losses", query, cancellationToken);

    /// <summary>A part of what changed between two instants.</summary>
    public Task<AccessPage<AccessChange>> ChangesAsync(ChangeQuery query, CancellationToken cancellationToken) => GetAsync<AccessPage<AccessChange>>("changes", query, cancellationToken);

    /// <summary>A part of the history of one member, one team or one project, newest first.</summary>
    public Task<AccessPage<HistoryLine>> HistoryAsync(HistoryQuery query, CancellationToken cancellationToken) => GetAsync<AccessPage<HistoryLine>>("history", query, cancellationToken);

    /// <summary>Whose name holds the words.</summary>
    public Task<IReadOnlyList<SearchHit>> SearchAsync(SearchQuery query, CancellationToken cancellationToken) => GetAsync<IReadOnlyList<SearchHit>>("search", query, cancellationToken);

    /// <summary>A part of the members and invitations.</summary>
    public Task<AccessPage<MemberRow>> MembersAsync(MemberQuery query, CancellationToken cancellationToken) => GetAsync<AccessPage<MemberRow>>("members", query, cancellationToken);

    /// <summary>A member by id, address or a part of the name.</summary>
    public Task<AccessAnswer<MemberDetail>> MemberAsync(string member, InstantQuery query, CancellationToken cancellationToken) =>
        GetAsync<AccessAnswer<MemberDetail>>($"members/{Escaped(member)}", query, cancellationToken);

    /// <summary>A part of the projects that something leads a member to.</summary>
    public Task<AccessPage<Pair>> ProjectsOfMemberAsync(string member, PairQuery query, CancellationToken cancellationToken) =>
        GetAsync<AccessPage<Pair>>($"members/{Escaped(member)}/projects", query, cancellationToken);

    /// <summary>What was ever known of the member with this id.</summary>
    public Task<MemberHistory> HistoryAsync(string memberId, CancellationToken cancellationToken) => _transport.GetAsync<MemberHistory>($"{_root}/members/{Escaped(memberId)}/history", cancellationToken);

    /// <summary>A part of the teams.</summary>
    public Task<AccessPage<TeamRow>> TeamsAsync(TeamQuery query, CancellationToken cancellationToken) => GetAsync<AccessPage<TeamRow>>("teams", query, cancellationToken);

    /// <summary>A team by id, slug or a part of the name.</summary>
    public Task<AccessAnswer<TeamDetail>> TeamAsync(string team, InstantQuery query, CancellationToken cancellationToken) =>
        GetAsync<AccessAnswer<TeamDetail>>($"teams/{Escaped(team)}", query, cancellationToken);

    /// <summary>A part of a team's members.</summary>
    public Task<AccessPage<TeamMember>> MembersOfTeamAsync(string team, InstantPageQuery query, CancellationToken cancellationToken) =>
        GetAsync<AccessPage<TeamMember>>($"teams/{Escaped(team)}/members", query, cancellationToken);

    /// <summary>A part of a team's projects.</summary>
    public Task<AccessPage<ProjectName>> ProjectsOfTeamAsync(string team, InstantPageQuery query, CancellationToken cancellationToken) =>
        GetAsync<AccessPage<ProjectName>>($"teams/{Escaped(team)}/projects", query, cancellationToken);

    /// <summary>A part of the projects.</summary>
    public Task<AccessPage<ProjectRow>> ProjectsAsync(ProjectQuery query, CancellationToken cancellationToken) => GetAsync<AccessPage<ProjectRow>>("projects", query, cancellationToken);

    /// <summary>A project by id, slug or a part of the name.</summary>
    public Task<AccessAnswer<ProjectDetail>> ProjectAsync(string project, InstantQuery query, CancellationToken cancellationToken) =>
        GetAsync<AccessAnswer<ProjectDetail>>($"projects/{Escaped(project)}", query, cancellationToken);

    /// <summary>A part of the members that something leads to a project.</summary>
    public Task<AccessPage<Pair>> MembersOfProjectAsync(string project, PairQuery query, CancellationToken cancellationToken) =>
        GetAsync<AccessPage<Pair>>($"projects/{Escaped(project)}/members", query, cancellationToken);

    /// <summary>A part of the integrations, tokens and keys.</summary>
    public Task<AccessPage<PrincipalRow>> NonHumansAsync(PrincipalQuery query, CancellationToken cancellationToken) => GetAsync<AccessPage<PrincipalRow>>("non-human", query, cancellationToken);

    /// <summary>An integration, token or key by its key.</summary>
    public Task<AccessAnswer<PrincipalRow>> NonHumanAsync(string key, InstantQuery query, CancellationToken cancellationToken) =>
        GetAsync<AccessAnswer<PrincipalRow>>($"non-human/{Escaped(key)}", query, cancellationToken);

    /// <summary>All rows of one of the lists above, part by part; all parts show the same instant.</summary>
    /// <param name="part">Asks for a part; takes its cursor, null for the first one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static IAsyncEnumerable<T> AllAsync<T>(Func<string?, Task<AccessPage<T>>> part, CancellationToken cancellationToken) =>
        Parts.AllAsync(part, static page => (page.Items, page.Next), cancellationToken);

    private static string Escaped(string step) => Uri.EscapeDataString(step);

    private Task<T> GetAsync<T>(string path, object query, CancellationToken cancellationToken) => _transport.GetAsync<T>($"{_root}/{path}", query, cancellationToken);
}
