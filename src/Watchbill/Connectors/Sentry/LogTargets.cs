using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Access.Logged;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// Which scopes the lines of Sentry's audit log are about. In doubt the larger part is read: a member without an id means all members, a line of an unknown
/// kind means everything.
/// </summary>
internal sealed class LogTargets
{
    /// <summary>A line older than the scope's read by more than this is in it, whoever saw the line when; more than Sentry's clock and ours may differ.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <summary>The beginnings of the names of events that change nothing the ledger holds.</summary>
    private static readonly string[] WithoutEffect =
    [
        "alertrule.", "api-key.", "autofix-settings.", "data-secrecy.", "detector", "issue.", "metric.", "monitor.", "notification_action.", "playstation-client-id.",
        "project_template.", "replay-deletion-jobs.", "rule.", "sampling_priority.", "servicehook.", "span_extraction_rule_config.", "tagkey.", "uptime_monitor.", "workflow.",
        "project.ownership-rule.", "project.change-performance-issue-detection",
    ];

    private readonly ReadRequest _request;
    private readonly ILookup<string, TeamFact> _teamsBySlug;
    private readonly Dictionary<string, TeamFact> _teams;
    private readonly HashSet<string> _scopes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);
    private readonly List<(string MemberId, IReadOnlyList<string> Slugs)> _places = [];
    private bool _allMembers;

    /// <param name="request">What the ledger knows.</param>
    /// <param name="teams">The teams that are known now.</param>
    public LogTargets(ReadRequest request, IReadOnlyList<TeamFact> teams)
    {
        _request = request;
        _teamsBySlug = teams.ToLookup(static team => team.Slug, StringComparer.Ordinal);
        _teams = teams.ToDictionary(static team => team.Key, StringComparer.Ordinal);
    }

    /// <summary>Kinds of lines that nobody has said yet what they mean for access.</summary>
    public IReadOnlyCollection<string> UnknownEvents => _unknown;

    /// <summary>
    /// Members whose places in teams may have changed with them, and the slugs of the teams that the line names: somebody can be put into other teams at once,
    /// and then only the line about the member says so. Members that are read one by one tell it themselves and are left out.
    /// </summary>
    /// <param name="pagesOfMembers">See <see cref="ToChoice"/>.</param>
    public IEnumerable<(string MemberId, IReadOnlyList<string> Slugs)> Places(int pagesOfMembers) =>
        _places.Where(place => !AreReadOneByOne(pagesOfMembers) || _removed.Contains(place.MemberId));

    /// <summary>Adds a scope whatever the log says, for example because it is stale.</summary>
    public void AddScope(string scope)
    {
        _allMembers |= scope is Scope.Members;
        _scopes.Add(scope);
    }

    /// <summary>Adds what a line is about.</summary>
    public void Add(LoggedEvent line)
    {
        switch (line.Event)
        {
            case "member.edit" when line.TeamRole is not null:
                AddTeamsNamed(line);
                break;
            case "member.add" or "member.invite" or "member.edit":
                AddMember(line);
                AddPlaces(line);
                break;
            case "member.accept-invite" or "member.pending" or "member.reinvite":
                AddMember(line);
                break;
            case "member.remove" or "invite.remove":
                AddMember(line);
                AddRemoved(line);
                AddPlaces(line);
                break;
            case "member.join-team" or "member.leave-team":
                AddTeamsNamed(line);
                break;
            case "invite-request.create" or "invite-request.remove" or "sso-identity.link":
                AddAllMembers(line);
                break;
            case "sso.enable" or "sso.disable" or "sso.edit":
                Add(line, Scope.AuthProvider);
                AddAllMembers(line);
                break;
            case "team.create" or "team.edit":
                Add(line, Scope.Teams);
                AddTeam(line, line.TargetObject);
                break;
            case "team.remove":
                Add(line, Scope.Teams);
                AddTeam(line, line.TargetObject);
                Add(line, Scope.Projects);
                break;
            case "team-and-project.created":
                Add(line, Scope.Teams);
                Add(line, Scope.Projects);
                Add(line, Scope.ClientKeys);
                AddTeamsNamed(line);
                break;
            case "project.create" or "project.create-with-origin" or "project.accept-transfer" or "project.remove" or "project.remove-with-origin"
                or "project.enable" or "project.disable":
                Add(line, Scope.Projects);
                Add(line, Scope.ClientKeys);
                break;
            case "project.edit" or "project.request-transfer" or "project-team.add" or "project-team.remove":
                Add(line, Scope.Projects);
                break;
            default:
                AddByFamily(line);
                break;
        }
    }

    /// <summary>What to read; everything when a line could not be understood.</summary>
    /// <param name="pagesOfMembers">What reading all members costs: from so many on, they are not read one by one.</param>
    public ReadChoice ToChoice(int pagesOfMembers)
    {
        if (_unknown.Count > 0)
        {
            return ReadChoice.Everything;
        }

        if (_members.Count > 0)
        {
            _scopes.Add(Scope.Members);
        }

        // A team that is gone has nothing to read; only where the list of teams is read anyway, it can say something about it.
        _scopes.RemoveWhere(scope => Scope.TeamOf(scope) is { } team && !_teams.ContainsKey(team) && !_scopes.Contains(Scope.Teams));
        return new ReadChoice
        {
            Scopes = _scopes,
            Members = AreReadOneByOne(pagesOfMembers) ? _members : [],
            RemovedMembers = _removed,
            TeamSlugs = _scopes.Select(Scope.TeamOf).OfType<string>().Where(_teams.ContainsKey).ToDictionary(static id => id, id => _teams[id].Slug, StringComparer.Ordinal),
        };
    }

    /// <summary>Adds teams that a member was or is in.</summary>
    public void AddTeams(IEnumerable<string> slugs, IEnumerable<string> knownTeams)
    {
        foreach (var slug in slugs)
        {
            // A team without a name here was made, or named so, since the teams were read.
            _scopes.Add(_teamsBySlug[slug].FirstOrDefault() is { } team ? Scope.TeamMembers(team.Key) : Scope.Teams);
        }

        _scopes.UnionWith(knownTeams.Select(Scope.TeamMembers));
    }

    private bool AreReadOneByOne(int pagesOfMembers) => !_allMembers && _members.Count < pagesOfMembers;

    private void AddByFamily(LoggedEvent line)
    {
        var family = line.Event.Split('.')[0];
        var scope = family switch
        {
            "org" => Scope.Organization,
            "projectkey" => Scope.ClientKeys,
            "org-auth-token" => Scope.OrganizationTokens,
            "integration" => Scope.Integrations,
            "sentry-app" or "internal-integration" => Scope.SentryApps,
            _ => null,
        };
        if (scope is not null)
        {
            Add(line, scope);
        }
        else if (IsNew(line, Scope.Organization) && !WithoutEffect.Any(start => line.Event.StartsWith(start, StringComparison.Ordinal)))
        {
            _unknown.Add(line.Event);
        }
    }

    /// <summary>Only where the line is not in the scope's last read already. A scope that could never be read is a blind spot for full runs to try.</summary>
    private bool Add(LoggedEvent line, string scope)
    {
        var isNew = IsNew(line, scope);
        if (isNew)
        {
            _scopes.Add(scope);
        }

        return isNew;
    }

    private void AddMember(LoggedEvent line)
    {
        if (line.TargetObject is null)
        {
            AddAllMembers(line);
        }
        else if (IsNew(line, Scope.Members))
        {
            _members.Add(line.TargetObject);
        }
    }

    private void AddRemoved(LoggedEvent line)
    {
        if (line.TargetObject is { } member && IsNew(line, Scope.Members))
        {
            _removed.Add(member);
        }
    }

    private void AddPlaces(LoggedEvent line)
    {
        if (line.TargetObject is { } member && IsNew(line, Scope.Members))
        {
            _places.Add((member, line.Event is "member.remove" or "invite.remove" ? [] : SlugsOf(line)));
        }
    }

    private static string[] SlugsOf(LoggedEvent line) => line.TeamSlugs?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private void AddAllMembers(LoggedEvent line) => _allMembers |= Add(line, Scope.Members);

    private bool IsNew(LoggedEvent line, string scope) =>
        _request.Known.GetValueOrDefault(scope)?.LastCompleteAt is { } read && line.SeenAt > read && line.At > read - Slack;

    private void AddTeamsNamed(LoggedEvent line)
    {
        foreach (var slug in SlugsOf(line))
        {
            if (_teamsBySlug[slug].FirstOrDefault() is { } team)
            {
                AddTeam(line, team.Key);
            }
            else
            {
                // Made, or named so, since the teams were read.
                Add(line, Scope.Teams);
            }
        }
    }

    private void AddTeam(LoggedEvent line, string? teamId)
    {
        // A team that was never read has no state yet; the list of teams brings it.
        if (teamId is not null)
        {
            Add(line, Scope.TeamMembers(teamId));
        }
    }
}
