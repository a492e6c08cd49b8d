using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Control;

/// <summary>
/// Body of <c>POST /_simulator/operations</c>: a change to the world from another process. Members are named by id or address, teams and
/// projects by id or slug.
/// </summary>
/// <param name="Name">What to do: one of the names in <see cref="Apply"/>.</param>
internal sealed record Operation(string Name)
{
    public string? Organization { get; init; }

    public string? Member { get; init; }

    public string? Team { get; init; }

    public string? Project { get; init; }

    public string? Role { get; init; }

    public string? Slug { get; init; }

    public string? Token { get; init; }

    public TokenKind Kind { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public bool Value { get; init; }

    /// <exception cref="ArgumentException">The operation is unknown, or what it needs is missing.</exception>
    /// <exception cref="KeyNotFoundException">A named row does not exist.</exception>
    public OperationResult Apply(World world)
    {
        var organization = Organization is null ? world.Organizations[0] : world.Organization(Organization);
        switch (Name)
        {
            case "addMember":
                return new(Id: organization.AddMember(Need(Member), Role ?? "member").Id);
            case "invite":
                return new(Id: organization.Invite(Need(Member), Role ?? "member", Team is null ? [] : [organization.Team(Team)]).Id);
            case "issueToken":
                return new(Token: organization.IssueToken(Kind, Member is null ? null : organization.Member(Member).User?.Id, Scopes));
            case "createTeam":
                return new(Id: organization.CreateTeam(Need(Slug)).Id);
            case "createProject":
                return new(Id: organization.CreateProject(Need(Slug), Team is null ? null : organization.Team(Team)).Id);
            default:
                Change(world, organization);
                return new();
        }
    }

    private void Change(World world, Organization organization)
    {
        Action change = Name switch
        {
            "removeMember" => () => organization.RemoveMember(organization.Member(Need(Member))),
            "changeRole" => () => organization.ChangeRole(organization.Member(Need(Member)), Need(Role)),
            "acceptInvite" => () => organization.AcceptInvite(organization.Member(Need(Member))),
            "setActive" => () => organization.SetActive(organization.Member(Need(Member)), Value),
            "joinTeam" => () => organization.JoinTeam(organization.Member(Need(Member)), organization.Team(Need(Team))),
            "leaveTeam" => () => organization.LeaveTeam(organization.Member(Need(Member)), organization.Team(Need(Team))),
            "deleteTeam" => () => organization.DeleteTeam(organization.Team(Need(Team))),
            "renameTeam" => () => organization.RenameTeam(organization.Team(Need(Team)), Need(Slug)),
            "deleteProject" => () => organization.DeleteProject(organization.Project(Need(Project))),
            "renameProject" => () => organization.RenameProject(organization.Project(Need(Project)), Need(Slug)),
            "addProjectTeam" => () => organization.AddProjectTeam(organization.Project(Need(Project)), organization.Team(Need(Team))),
            "removeProjectTeam" => () => organization.RemoveProjectTeam(organization.Project(Need(Project)), organization.Team(Need(Team))),
            "setOpenMembership" => () => organization.SetOpenMembership(Value),
            "revokeToken" => () => world.RevokeToken(Need(Token)),
            _ => throw new ArgumentException($"There is no operation '{Name}'."),
        };
        change();
    }

    private string Need(string? value) => value ?? throw new ArgumentException($"The operation '{Name}' needs more fields.");
}

/// <summary>What an operation made.</summary>
internal sealed record OperationResult(long? Id = null, string? Token = null);
