using System.Text.RegularExpressions;
using Watchbill.Access.Effective;
using Watchbill.Access.Explore;
using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Requests.Drifts;
using Watchbill.Storage;

namespace Watchbill.Requests;

/// <summary>Something that can be asked for.</summary>
/// <param name="Target">What it is.</param>
/// <param name="Name">What the team, or the organization, is called.</param>
/// <param name="Project">The project that it leads to; null for none in particular.</param>
/// <param name="Held">What the person has there already, as a sentence; null for nothing.</param>
/// <param name="LongestMinutes">The longest time.</param>
public sealed record CatalogueEntry(AccessTarget Target, string Name, ProjectNode? Project, string? Held, int LongestMinutes);

/// <summary>An organization in which somebody can ask for access.</summary>
/// <param name="Connector">The connector.</param>
/// <param name="Name">What it is called.</param>
public sealed record RequestPlace(ConnectorId Connector, string Name);

/// <summary>Asks for access: what can be asked for, what would become of it, and asking. Needs no right: the policies say who may ask for what.</summary>
public sealed class AskForAccess
{
    private static readonly TimeSpan FarthestStart = TimeSpan.FromDays(90);

    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly OrganizationPictures _pictures;
    private readonly RequestGate _gate;
    private readonly RequestDesk _desk;

    internal AskForAccess(Database database, ConnectorStore connectors, OrganizationPictures pictures, RequestGate gate, RequestDesk desk)
    {
        _database = database;
        _connectors = connectors;
        _pictures = pictures;
        _gate = gate;
        _desk = desk;
    }

    /// <summary>The organizations in which the caller can ask for something: those that were read, in which they are a member.</summary>
    public async Task<IReadOnlyList<RequestPlace>> PlacesAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        List<RequestPlace> places = [];
        var book = await _desk.BookAsync(cancellationToken);
        foreach (var connector in await _connectors.ListAsync(cancellationToken))
        {
            if (await _pictures.LatestAsync(connector.Id, cancellationToken) is { IsUnread: false } picture && Self(picture.Graph, book, caller).Succeeded)
            {
                places.Add(new RequestPlace(connector.Id, connector.Name));
            }
        }

        return places;
    }

    /// <summary>What the caller, or the member named, may ask for and whose name holds the words: teams, the least powerful team of each project, roles in the organization.</summary>
    public async Task<Result<IReadOnlyList<CatalogueEntry>>> SearchAsync(ConnectorId connector, string words, string? member, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(words);
        var basis = await BasisAsync(connector, member, caller, cancellationToken);
        if (!basis.Succeeded)
        {
            return basis.Refusal!;
        }

        var (graph, roles, text) = (basis.Value.Graph, new PlaceRoles(basis.Value.Graph), words.Trim());
        var policies = await PoliciesAsync(cancellationToken);
        var teams = graph.Teams.Where(team => Fits(team.Slug, team.Name)).Select(team => (team, Project: (ProjectNode?)null));
        var projects = graph.Projects.Where(project => text.Length > 0 && Fits(project.Slug, project.Name))
            .Select(project => (team: LeastTeam(project, graph)!, Project: (ProjectNode?)project)).Where(static pair => pair.team is not null);
        var places = projects.Concat(teams).SelectMany(pair => graph.Roles.TeamRoles.Select(role => Entry(new AccessTarget(AccessKind.TeamMembership, pair.team.Id, role.Id), pair.team.Slug, pair.Project)));
        var orgRoles = graph.Roles.OrgRoles.Where(role => !role.IsRetired && Fits(role.Id, role.Name)).Select(role => Entry(new AccessTarget(AccessKind.OrgRole, Team: null, role.Id), "the organization", project: null));
        return Result.Of<IReadOnlyList<CatalogueEntry>>([.. places.Concat(orgRoles).OfType<CatalogueEntry>().Take(50)]);

        bool Fits(string slug, string name) => slug.Contains(text, StringComparison.OrdinalIgnoreCase) || name.Contains(text, StringComparison.OrdinalIgnoreCase);

        CatalogueEntry? Entry(AccessTarget target, string name, ProjectNode? project) => PolicyJudge.Choose(policies, basis.Value, target) is { } policy
            ? new CatalogueEntry(target, name, project, HeldSentence(roles.Held(basis.Value.Member.Id, target)), policy.Rules.LongestMinutes)
            : null;
    }

    /// <summary>What would happen if a member asked for something themselves: that is how whoever may change access tries policies out.</summary>
    public async Task<Result<Evaluation>> TryAsync(RequestDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ChangeAccess) is { } refusal)
        {
            return refusal;
        }

        var basis = await BasisAsync(draft.Connector, draft.Member, caller, cancellationToken);
        if (!basis.Succeeded)
        {
            return basis.Refusal!;
        }

        var accounts = basis.Value.Book.AccountsWith(basis.Value.Member.Email).ToList();
        return await EvaluateAsync(draft, basis.Value with { Asker = accounts.Count > 0 ? accounts[0] : null }, cancellationToken);
    }

    /// <summary>What would become of a request, without asking.</summary>
    public async Task<Result<Evaluation>> EvaluateAsync(RequestDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var basis = await BasisAsync(draft.Connector, draft.Member, caller, cancellationToken);
        return basis.Succeeded ? await EvaluateAsync(draft, basis.Value, cancellationToken) : basis.Refusal!;
    }

    /// <summary>Asks. What the policy's rule grants, or what is an emergency, begins to be given in the same transaction.</summary>
    public async Task<Result<AccessRequest>> RunAsync(RequestDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var basis = await BasisAsync(draft.Connector, draft.Member, caller, cancellationToken);
        var evaluation = basis.Succeeded ? await EvaluateAsync(draft, basis.Value, cancellationToken) : basis.Refusal!;
        if ((evaluation.Refusal ?? Check(draft, evaluation.Value)) is { } refusal)
        {
            return refusal;
        }

        if (RequestChange.ClosedTo((await _connectors.FindAsync(draft.Connector, cancellationToken))!) is { } closed)
        {
            return closed;
        }

        var row = RowOf(draft, basis.Value, evaluation.Value);
        return await _database.InTransactionAsync(
            async transaction =>
            {
                await GrantStore.LockAsync(transaction, draft.Connector, cancellationToken);
                if (await RequestStore.FindSameAsync(transaction, draft.Connector, row.Member, draft.Target, cancellationToken) is { } same)
                {
                    return RequestRefusals.AlreadyAsked(same.Id);
                }

                var asked = row with { Id = await RequestStore.InsertAsync(transaction, row, cancellationToken) };
                await _desk.NoteAsync(transaction, asked, "submitted", caller.Actor, cancellationToken);
                return Result.Of((await _gate.OpenAsync(transaction, asked, evaluation.Value.IsAutomatic, basis.Value.Book, cancellationToken)).ToRequest());
            },
            cancellationToken);
    }

    private async Task<Result<RequestBasis>> BasisAsync(ConnectorId connectorId, string? memberId, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (memberId is not null && !caller.May(Right.ChangeAccess))
        {
            return RequestRefusals.ForOthers();
        }

        if (await _connectors.FindAsync(connectorId, cancellationToken) is not { } connector)
        {
            return SyncRefusals.NoSuchConnector(connectorId.ToString());
        }

        var picture = await _pictures.LatestAsync(connectorId, cancellationToken);
        if (picture.IsUnread)
        {
            return RequestRefusals.NotRead(connector.Name);
        }

        var book = await _desk.BookAsync(cancellationToken);
        var member = memberId is not null ? PictureLookup.Member(picture, memberId) : Self(picture.Graph, book, caller);
        return member.Succeeded ? new RequestBasis(connectorId, picture.Graph, member.Value, caller.Account, book) : member.Refusal!;
    }

    private static Result<MemberNode> Self(AccessGraph graph, AccountBook book, Caller caller)
    {
        var addresses = caller.Account is { } account ? book.AddressesOf(account) : [];
        return graph.Members.FirstOrDefault(member => !member.Pending && addresses.Contains(member.Email.ToLowerInvariant(), StringComparer.Ordinal)) is { } found
            ? found
            : RequestRefusals.NotInSentry();
    }

    private async Task<Result<Evaluation>> EvaluateAsync(RequestDraft draft, RequestBasis basis, CancellationToken cancellationToken)
    {
        var known = draft.Target.Kind is AccessKind.OrgRole
            ? basis.Graph.Roles.OrgRoles.Any(role => role.Id == draft.Target.Role && !role.IsRetired)
            : basis.Graph.FindTeam(draft.Target.Team ?? "") is not null && basis.Graph.Roles.TeamRoles.Any(role => role.Id == draft.Target.Role);
        if (!known)
        {
            return RequestRefusals.NoSuchRole(draft.Target.Role);
        }

        if (draft.Target is { Kind: AccessKind.TeamMembership } && draft.Target.Role != basis.Graph.Roles.TeamRoles[0].Id && !basis.Graph.TeamRolesInForce)
        {
            return ProvisioningRefusals.NoTeamRoles();
        }

        if (PolicyJudge.Choose(await PoliciesAsync(cancellationToken), basis, draft.Target) is not { } policy)
        {
            return RequestRefusals.NoPolicy();
        }

        await using var session = _database.OpenRead();
        var roles = new PlaceRoles(basis.Graph);
        var probe = new GrantRow { ConnectorId = basis.Connector, Member = basis.Member.Id, Kind = draft.Target.Kind, Team = draft.Target.Team, Role = draft.Target.Role };
        var running = (await GrantStore.BesideAsync(session, probe, cancellationToken)).Where(static grant => grant.State is GrantState.Active).ToList();
        var held = roles.Held(basis.Member.Id, draft.Target);
        if (running.Count == 0 && roles.Rank(draft.Target.Kind, held) >= roles.Rank(draft.Target.Kind, draft.Target.Role))
        {
            return RequestRefusals.AlreadyHeld($"{basis.Member.Name} has the role {held} there already, without an end that Watchbill knows.");
        }

        if (await DriftStore.IsOpenAsync(session, probe, cancellationToken))
        {
            return RequestRefusals.DriftOpen();
        }

        var steps = PolicyJudge.Steps(policy.Rules, basis, draft.Target, await _desk.OwnersAsync(basis.Connector, cancellationToken));
        var automatic = PolicyJudge.IsAutomatic(policy.Rules, basis, draft.Minutes, _desk.Now);
        if (!steps.Succeeded && !automatic && !draft.IsBreakGlass)
        {
            return steps.Refusal!;
        }

        var waits = (await RequestStore.WaitsAsync(session, policy.Id, cancellationToken)).Order().ToList();
        return new Evaluation
        {
            Policy = policy,
            ResourceName = draft.Target.Team is { } team ? basis.Graph.FindTeam(team)!.Slug : "the organization",
            Held = HeldSentence(held),
            Extends = running.FirstOrDefault(grant => grant.Role == draft.Target.Role)?.Id,
            Steps = steps.Succeeded ? steps.Value : [],
            IsAutomatic = automatic,
            Choices = PolicyJudge.Choices(policy.Rules),
            TypicalWait = waits.Count == 0 ? null : waits[waits.Count / 2],
        };
    }

    private Refusal? Check(RequestDraft draft, Evaluation evaluation)
    {
        var rules = evaluation.Policy.Rules;
        var reason = draft.Reason.Trim();
        if (reason.Length < Math.Max(rules.ReasonLength, 1) || reason.Length > 500 || reason.Any(char.IsControl))
        {
            return RequestRefusals.BadReason(rules.ReasonLength);
        }

        if (rules.TicketPattern is { } pattern && (draft.Ticket is not { Length: <= 100 } ticket || !Regex.IsMatch(ticket, $"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)))
        {
            return RequestRefusals.BadTicket(pattern);
        }

        if (draft.IsBreakGlass && rules.BreakGlassMinutes is null)
        {
            return RequestRefusals.NoBreakGlass();
        }

        var longest = draft.IsBreakGlass ? rules.BreakGlassMinutes!.Value : rules.LongestMinutes;
        if (draft.Minutes is null ? draft.IsBreakGlass || !rules.AllowForever : draft.Minutes < PolicyRules.LeastMinutes || draft.Minutes > longest)
        {
            return RequestRefusals.BadTime(longest);
        }

        return draft.StartsAt is { } start && (draft.IsBreakGlass || start < _desk.Now.AddMinutes(-5) || start > _desk.Now + FarthestStart) ? RequestRefusals.BadStart() : null;
    }

    private AccessRequestRow RowOf(RequestDraft draft, RequestBasis basis, Evaluation evaluation)
    {
        var rules = evaluation.Policy.Rules;
        return new AccessRequestRow
        {
            ConnectorId = draft.Connector,
            AccountId = basis.Asker,
            Member = basis.Member.Id,
            MemberName = basis.Member.Name,
            MemberEmail = basis.Member.Email,
            Kind = draft.Target.Kind,
            Team = draft.Target.Kind is AccessKind.OrgRole ? null : draft.Target.Team,
            ResourceName = evaluation.ResourceName,
            Role = draft.Target.Role,
            ProjectName = draft.Project is { } project ? (basis.Graph.FindProject(project) ?? basis.Graph.Projects.FirstOrDefault(one => one.Slug == project))?.Slug : null,
            Reason = draft.Reason.Trim(),
            Ticket = draft.Ticket is { Length: > 0 and <= 100 } ticket ? ticket : null,
            Minutes = draft.Minutes,
            StartsAt = draft.StartsAt,
            State = RequestState.Submitted,
            PolicyId = evaluation.Policy.Id,
            PolicyVersion = evaluation.Policy.Version,
            PolicyName = evaluation.Policy.Name,
            Steps = AccessRequestRow.ToJson(evaluation.Steps),
            Step = 1,
            IsBreakGlass = draft.IsBreakGlass,
            RequestedAt = _desk.Now,
            ExpiresAt = _desk.Now.AddHours(rules.AnswerWithinHours),
            Extends = evaluation.Extends,
            ReviewDueAt = draft.IsBreakGlass ? _desk.Now.AddHours(rules.ReviewWithinHours) : null,
        };
    }

    private async Task<IReadOnlyList<RequestPolicy>> PoliciesAsync(CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        return [.. (await RequestStore.PoliciesAsync(session, cancellationToken)).Select(static row => row.ToPolicy())];
    }

    private static string? HeldSentence(string? role) => role is null ? null : $"has the role {role} there now";

    /// <summary>The team that gives a project and the least besides: the fewest projects, then the fewest members. Teams that an identity provider manages come last.</summary>
    private static TeamNode? LeastTeam(ProjectNode project, AccessGraph graph) => graph.TeamsOf(project)
        .OrderBy(static team => team.IdpProvisioned).ThenBy(team => graph.ProjectsOf(team).Count).ThenBy(team => graph.MembershipsOf(team).Count).ThenBy(static team => team.Slug, StringComparer.Ordinal).FirstOrDefault();
}
