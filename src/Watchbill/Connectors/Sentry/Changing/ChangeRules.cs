using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry.Changing;

/// <summary>What Sentry would refuse, known before anything is sent.</summary>
internal static class ChangeRules
{
    /// <summary>Why the change cannot be made with this token; null when it can.</summary>
    public static Refusal? Refuse(IntendedChange change, ChangeTarget target, Writer writer) => Missing(change, target) ?? (change.Kind switch
    {
        ChangeKind.RemoveMember => Removal(target, writer),
        ChangeKind.WithdrawInvitation => target.State.IsInvitation is false ? ProvisioningRefusals.NotAnInvitation() : Removal(target, writer),
        ChangeKind.ChangeOrgRole => Partner(target) ?? Role(change.Role!, writer) ?? Owner(change, target) ?? NewRole(change.Role!, target, writer),
        ChangeKind.JoinTeam => TeamsAllowed(target, writer) ?? Managed(target, writer) ?? ScopeForTeams(writer),
        ChangeKind.LeaveTeam => Managed(target, writer) ?? ScopeForTeams(writer),
        ChangeKind.ChangeTeamRole => TeamRole(change.Role!, target, writer),
        ChangeKind.AddProjectTeam or ChangeKind.RemoveProjectTeam => Scope(writer, "project:write", "project:admin"),
        ChangeKind.Invite => Role(change.Role!, writer) ?? Invitation(change.Role!, writer),
        ChangeKind.ResendInvitation => target.State.IsInvitation is false ? ProvisioningRefusals.NotAnInvitation() : Scope(writer, "member:admin"),
    });

    /// <summary>Removing goes through SCIM where the ordinary way is closed.</summary>
    public static bool RemovesThroughScim(ChangeTarget target, Writer writer) =>
        writer is { HasScim: true } && writer.May("member:admin") && target.State.IsInvitation is not true && (!writer.IsPerson || target.Member?.Flags?.IdpProvisioned is true);

    /// <summary>A team that the identity provider manages is changed through SCIM only.</summary>
    public static bool JoinsThroughScim(ChangeTarget target, Writer writer) =>
        target.Team?.Flags?.IdpProvisioned is true && writer.HasScim && writer.May("team:write", "team:admin");

    private static Refusal? Missing(IntendedChange change, ChangeTarget target)
    {
        if (change.Team is not null && target.Team is null)
        {
            return ProvisioningRefusals.NoSuchTeam();
        }

        if (change.Project is not null && target.State.TeamHasProject is null)
        {
            return ProvisioningRefusals.NoSuchProject();
        }

        return change.Member is not null && target.Member is null ? ProvisioningRefusals.NoSuchMember() : null;
    }

    private static Refusal? Removal(ChangeTarget target, Writer writer)
    {
        if ((Partner(target) ?? (IsOnlyOwner(target) ? ProvisioningRefusals.LastOwner() : null)) is { } refusal)
        {
            return refusal;
        }

        if (RemovesThroughScim(target, writer))
        {
            return null;
        }

        if (target.Member?.Flags?.IdpProvisioned is true)
        {
            return ProvisioningRefusals.ManagedMember();
        }

        return writer.IsPerson ? Own(target, writer) ?? Scope(writer, "member:admin") ?? Rank(target, writer) : ProvisioningRefusals.NeedsPerson("remove members");
    }

    private static Refusal? NewRole(string role, ChangeTarget target, Writer writer)
    {
        if (writer.IsPerson)
        {
            return Own(target, writer) ?? Scope(writer, "member:admin") ?? Rank(target, writer)
                ?? (writer.Role is { } mine && writer.Roles.OrgRole(role).Rank > mine.Rank ? ProvisioningRefusals.Outranked(mine.Id, role) : null);
        }

        if (!writer.HasScim || !writer.May("member:write", "member:admin"))
        {
            return ProvisioningRefusals.NeedsPerson("change organization roles");
        }

        return role == writer.Roles.Top.Id || target.State.OrgRole == writer.Roles.Top.Id ? ProvisioningRefusals.ScimCannotInvite(writer.Roles.Top.Id) : null;
    }

    private static Refusal? TeamRole(string role, ChangeTarget target, Writer writer)
    {
        if (!writer.HasTeamRoles)
        {
            return ProvisioningRefusals.NoTeamRoles();
        }

        if (writer.Roles.TeamRoles.All(one => one.Id != role))
        {
            return ProvisioningRefusals.NoSuchRole(role);
        }

        if (target.State.OnTeam is not true)
        {
            return ProvisioningRefusals.NotOnTeam();
        }

        var orgRole = writer.Roles.OrgRole(target.State.OrgRole ?? "");
        var reached = writer.Roles.EffectiveTeamRole(role, orgRole, teamRolesInForce: true);
        return reached.Id == role ? ScopeForTeams(writer) : ProvisioningRefusals.RoleGivesMore(orgRole.Id, reached.Id);
    }

    private static Refusal? Invitation(string role, Writer writer) =>
        !writer.IsPerson && role != Access.Roles.RoleCatalogue.MemberRole ? ProvisioningRefusals.OnlyMembersInvited()
        : writer is { IsPerson: true, Role: { } mine } && writer.Roles.OrgRole(role).Rank > mine.Rank ? ProvisioningRefusals.Outranked(mine.Id, role)
        : Scope(writer, "member:invite", "member:write", "member:admin");

    private static Refusal? Role(string role, Writer writer) => writer.Roles.OrgRole(role) switch
    {
        { IsKnown: false } => ProvisioningRefusals.NoSuchRole(role),
        { IsRetired: true } when writer.HasTeamRoles => ProvisioningRefusals.RetiredRole(role),
        _ => null,
    };

    private static Refusal? Owner(IntendedChange change, ChangeTarget target) =>
        IsOnlyOwner(target) && change.Role != target.State.OrgRole ? ProvisioningRefusals.LastOwner() : null;

    private static Refusal? Managed(ChangeTarget target, Writer writer) =>
        target.Team?.Flags?.IdpProvisioned is true && !JoinsThroughScim(target, writer) ? ProvisioningRefusals.ManagedTeam() : null;

    private static Refusal? TeamsAllowed(ChangeTarget target, Writer writer) =>
        writer.Roles.OrgRole(target.State.OrgRole ?? "") is { AllowsTeamRoles: false } role ? ProvisioningRefusals.NoTeamsForRole(role.Id) : null;

    private static Refusal? Partner(ChangeTarget target) => target.Member?.Flags?.PartnershipRestricted is true ? ProvisioningRefusals.PartnerManaged() : null;

    private static Refusal? Own(ChangeTarget target, Writer writer) => target.Member?.Id == writer.Member ? ProvisioningRefusals.OwnAccount() : null;

    private static Refusal? Rank(ChangeTarget target, Writer writer) =>
        writer.Role is { } mine && target.State.OrgRole is { } theirs && writer.Roles.OrgRole(theirs).Rank > mine.Rank ? ProvisioningRefusals.Outranked(mine.Id, theirs) : null;

    private static Refusal? ScopeForTeams(Writer writer) => Scope(writer, "team:write", "org:write", "team:admin", "org:admin");

    private static Refusal? Scope(Writer writer, params ReadOnlySpan<string> scopes) =>
        writer.May(scopes) ? null : ProvisioningRefusals.NeedsScope(string.Join(" or ", scopes.ToArray()));

    private static bool IsOnlyOwner(ChangeTarget target) => target.Member is SentryMemberDetail { IsOnlyOwner: true };
}
