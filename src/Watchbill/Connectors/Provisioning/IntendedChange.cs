using Watchbill.People;

namespace Watchbill.Connectors.Provisioning;

/// <summary>What can be changed in Sentry.</summary>
public enum ChangeKind
{
    /// <summary>Somebody leaves the organization.</summary>
    RemoveMember,

    /// <summary>A member gets another role in the organization; the teams stay.</summary>
    ChangeOrgRole,

    /// <summary>A member comes onto a team.</summary>
    JoinTeam,

    /// <summary>A member leaves a team.</summary>
    LeaveTeam,

    /// <summary>A member gets another role on a team.</summary>
    ChangeTeamRole,

    /// <summary>A team gets a project.</summary>
    AddProjectTeam,

    /// <summary>A team loses a project.</summary>
    RemoveProjectTeam,

    /// <summary>Somebody is invited by mail.</summary>
    Invite,

    /// <summary>An open invitation is sent again.</summary>
    ResendInvitation,

    /// <summary>An open invitation is taken back.</summary>
    WithdrawInvitation,
}

/// <summary>One intended change in Sentry. Members, teams and projects are named by Sentry's ids, never by what can be renamed.</summary>
/// <param name="Kind">What shall change; it decides which of the others must be there.</param>
public sealed record IntendedChange(ChangeKind Kind)
{
    /// <summary>The longest address that Sentry takes.</summary>
    public const int LongestEmail = 75;

    /// <summary>The member's id; null for an invitation and for what is about a project.</summary>
    public string? Member { get; init; }

    /// <summary>The team's id; null where no team is concerned.</summary>
    public string? Team { get; init; }

    /// <summary>The project's id; null where no project is concerned.</summary>
    public string? Project { get; init; }

    /// <summary>The role that shall be: of the organization, of the team, or of who is invited. Null where none is.</summary>
    public string? Role { get; init; }

    /// <summary>
    /// The role that must be there still, of the organization or on the team: whoever undoes something undoes just that, and nothing that somebody did since.
    /// Null when it does not matter.
    /// </summary>
    public string? From { get; init; }

    /// <summary>Whom to invite; null for everything else.</summary>
    public string? Email { get; init; }

    /// <summary>Why this cannot be a change at all; null when it can.</summary>
    public string? Incomplete() => Kind switch
    {
        ChangeKind.RemoveMember or ChangeKind.ResendInvitation or ChangeKind.WithdrawInvitation => Need((Member, "a member")),
        ChangeKind.ChangeOrgRole => Need((Member, "a member"), (Role, "a role")),
        ChangeKind.JoinTeam or ChangeKind.LeaveTeam => Need((Member, "a member"), (Team, "a team")),
        ChangeKind.ChangeTeamRole => Need((Member, "a member"), (Team, "a team"), (Role, "a role")),
        ChangeKind.AddProjectTeam or ChangeKind.RemoveProjectTeam => Need((Project, "a project"), (Team, "a team")),
        ChangeKind.Invite => Need((Email, "an address"), (Role, "a role")) ?? (Email!.Length <= LongestEmail && PersonInput.Address(Email) is not null ? null : $"'{Email}' is not an e-mail address of at most {LongestEmail} characters."),
    };

    private static string? Need(params IEnumerable<(string? Value, string What)> needed) =>
        string.Join(" and ", needed.Where(static one => string.IsNullOrWhiteSpace(one.Value)).Select(static one => one.What)) is { Length: > 0 } missing
            ? $"This change needs {missing}."
            : null;
}
