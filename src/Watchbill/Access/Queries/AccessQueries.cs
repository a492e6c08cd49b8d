using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
using Watchbill.Access.Striking;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access.Queries;

/// <summary>
/// The questions about access, answered from the ledger: as it is now, or as it was at any instant. Each answer is read from one state of the
/// database and says what it rests on.
/// </summary>
/// <remarks>
/// Names are understood as: an exact id, then an exact slug or address, then a part of a name that fits one only. Refusals:
/// <c>member-not-found</c>, <c>member-ambiguous</c>, and the same for <c>project</c> and <c>team</c>.
/// </remarks>
public sealed class AccessQueries(Database database, TimeProvider clock)
{
    private static readonly string[] Everywhere = [Scope.Organization, Scope.AuthProvider, Scope.Members, Scope.Teams, Scope.Projects];

    private static readonly string[] NonHumans = [Scope.SentryApps, Scope.OrganizationTokens, Scope.ClientKeys];

    /// <summary>Who reaches a project.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="project">Id, slug, or a part of the name.</param>
    /// <param name="at">The instant; null for now.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public Task<Result<Answer<ProjectAccess>>> WhoReachesAsync(ConnectorId connector, string project, DateTimeOffset? at, CancellationToken cancellationToken) =>
        AskAsync<ProjectAccess>(connector, at, async question =>
        {
            var found = await question.Lookup.ProjectAsync(project);
            if (!found.Succeeded)
            {
                return found.Refusal!;
            }

            var access = Question.On(await question.Store.AroundProjectAsync(found.Value.Id)).WhoReaches(found.Value.Id)!;
            return await question.AnswerAsync(access, [.. Everywhere, .. NonHumans, .. MembershipScopes(access.Teams)], found.Value.Note);
        }, cancellationToken);

    /// <summary>What a member reaches.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="member">Member id, address, or a part of name or address.</param>
    /// <param name="at">The instant; null for now.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public Task<Result<Answer<MemberAccess>>> OfMemberAsync(ConnectorId connector, string member, DateTimeOffset? at, CancellationToken cancellationToken) =>
        AskAsync<MemberAccess>(connector, at, async question =>
        {
            var found = await question.Lookup.MemberAsync(member);
            if (!found.Succeeded)
            {
                return found.Refusal!;
            }

            var access = Question.On(await question.Store.AroundMemberAsync(found.Value.Id)).OfMember(found.Value.Id)!;
            return await question.AnswerAsync(access, [.. Everywhere, .. await question.TeamScopesAsync(null)], found.Value.Note);
        }, cancellationToken);

    /// <summary>Why a member reaches a project, or why not and what would give it. Names as in the other questions.</summary>
    public Task<Result<Answer<AccessExplanation>>> WhyAsync(
        ConnectorId connector, string member, string project, DateTimeOffset? at, CancellationToken cancellationToken) =>
        AskAsync<AccessExplanation>(connector, at, async question =>
        {
            var person = await question.Lookup.MemberAsync(member);
            var target = await question.Lookup.ProjectAsync(project);
            if ((person.Refusal ?? target.Refusal) is { } refusal)
            {
                return refusal;
            }

            var rows = await question.Store.AroundMemberAsync(person.Value.Id, target.Value.Id);
            var explanation = Question.On(rows).Why(person.Value.Id, target.Value.Id)!;
            var teams = rows.ProjectTeams.Select(static link => Scope.TeamMembers(link.TeamId));
            return await question.AnswerAsync(explanation, [.. Everywhere, .. teams], target.Value.Note);
        }, cancellationToken);

    /// <summary>What a team gives, and to whom. The team is named by id, slug, or a part of the name.</summary>
    public Task<Result<Answer<TeamAccess>>> OfTeamAsync(ConnectorId connector, string team, DateTimeOffset? at, CancellationToken cancellationToken) =>
        AskAsync<TeamAccess>(connector, at, async question =>
        {
            var found = await question.Lookup.TeamAsync(team);
            if (!found.Succeeded)
            {
                return found.Refusal!;
            }

            var access = Question.On(await question.Store.AroundTeamAsync(found.Value.Id)).OfTeam(found.Value.Id)!;
            return await question.AnswerAsync(access, [.. Everywhere, Scope.TeamMembers(found.Value.Id)], found.Value.Note);
        }, cancellationToken);

    /// <summary>The whole organization, for counts, exports and everything that asks about all pairs.</summary>
    public async Task<Answer<AccessGraph>> GraphAsync(ConnectorId connector, DateTimeOffset? at, CancellationToken cancellationToken) =>
        (await AskAsync<AccessGraph>(connector, at, async question =>
        {
            var graph = new AccessGraph(await question.Store.WholeAsync());
            return await question.AnswerAsync(graph, [.. Everywhere, .. NonHumans, .. MembershipScopes(graph.Teams)]);
        }, cancellationToken)).Value;

    /// <summary>What is most striking about the organization's access, the gravest first. Activity has no history: of a past instant nobody is called dormant.</summary>
    public async Task<Answer<IReadOnlyList<StrikingFact>>> StrikingFactsAsync(ConnectorId connector, DateTimeOffset? at, CancellationToken cancellationToken) =>
        (await AskAsync<IReadOnlyList<StrikingFact>>(connector, at, async question =>
        {
            var graph = new AccessGraph(await question.Store.WholeAsync());
            var basis = await question.AnswerAsync(graph, [.. Everywhere, .. NonHumans, .. MembershipScopes(graph.Teams)]);
            var facts = StrikingFacts.Of(new StrikingBasis(graph, await question.ActivityAsync(), basis.Freshness));
            return new Answer<IReadOnlyList<StrikingFact>>(facts, basis.At, basis.Freshness);
        }, cancellationToken)).Value;

    /// <summary>Members and open invitations.</summary>
    public async Task<Answer<Page<MemberLine>>> MembersAsync(
        ConnectorId connector, MemberFilter filter, PageRequest page, DateTimeOffset? at, CancellationToken cancellationToken) =>
        (await AskAsync<Page<MemberLine>>(connector, at, async question =>
            await question.AnswerAsync(await question.Members.PageAsync(filter, page), [Scope.Members, .. await question.TeamScopesAsync(filter.TeamId)]),
            cancellationToken)).Value;

    /// <summary>Teams.</summary>
    public async Task<Answer<Page<TeamLine>>> TeamsAsync(
        ConnectorId connector, TeamFilter filter, PageRequest page, DateTimeOffset? at, CancellationToken cancellationToken) =>
        (await AskAsync<Page<TeamLine>>(connector, at, async question =>
            await question.AnswerAsync(
                await question.Lists(page).TeamsAsync(filter), [Scope.Teams, Scope.Projects, .. await question.TeamScopesAsync(null)]),
            cancellationToken)).Value;

    /// <summary>Projects.</summary>
    public async Task<Answer<Page<ProjectLine>>> ProjectsAsync(
        ConnectorId connector, ProjectFilter filter, PageRequest page, DateTimeOffset? at, CancellationToken cancellationToken) =>
        (await AskAsync<Page<ProjectLine>>(connector, at, async question =>
            await question.AnswerAsync(await question.Lists(page).ProjectsAsync(filter), [Scope.Projects]), cancellationToken)).Value;

    /// <summary>Principals that are no persons.</summary>
    public async Task<Answer<Page<NonHumanFact>>> NonHumansAsync(
        ConnectorId connector, NonHumanFilter filter, PageRequest page, DateTimeOffset? at, CancellationToken cancellationToken) =>
        (await AskAsync<Page<NonHumanFact>>(connector, at, async question =>
            await question.AnswerAsync(await question.Lists(page).NonHumansAsync(filter), [.. NonHumans, Scope.Integrations]), cancellationToken)).Value;

    private static IEnumerable<string> MembershipScopes(IEnumerable<TeamNode> teams) => teams.Select(static team => Scope.TeamMembers(team.Id));

    private Task<Result<Answer<T>>> AskAsync<T>(
        ConnectorId connector, DateTimeOffset? at, Func<Question, Task<Result<Answer<T>>>> answer, CancellationToken cancellationToken)
    {
        var asOf = AsOf.Of(at, clock);
        return database.InSnapshotAsync(session => answer(new Question(session, connector, asOf, cancellationToken)), cancellationToken);
    }
}
