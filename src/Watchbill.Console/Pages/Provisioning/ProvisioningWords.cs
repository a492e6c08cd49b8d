using Watchbill.Access.Explore;
using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.Console.Shared;

namespace Watchbill.Console.Pages.Provisioning;

/// <summary>How changes in Sentry are called on screen, and in which mood.</summary>
internal static class ProvisioningWords
{
    public static string Of(ChangeKind kind) => kind switch
    {
        ChangeKind.RemoveMember => "Remove from the organization",
        ChangeKind.ChangeOrgRole => "Change the organization role",
        ChangeKind.JoinTeam => "Put on a team",
        ChangeKind.LeaveTeam => "Take off a team",
        ChangeKind.ChangeTeamRole => "Change the role on a team",
        ChangeKind.AddProjectTeam => "Give a project to a team",
        ChangeKind.RemoveProjectTeam => "Take a project from a team",
        ChangeKind.Invite => "Invite",
        ChangeKind.ResendInvitation => "Send an invitation again",
        ChangeKind.WithdrawInvitation => "Take an invitation back",
    };

    public static string Of(ProvisioningState state) => state switch
    {
        ProvisioningState.Waiting => "Waiting",
        ProvisioningState.Running => "Being made",
        ProvisioningState.Proven => "Proven",
        ProvisioningState.Escalated => "Needs a person",
        ProvisioningState.Withdrawn => "Taken back",
    };

    public static Tone ToneOf(ProvisioningState state) => state switch
    {
        ProvisioningState.Waiting or ProvisioningState.Running => Tone.Info,
        ProvisioningState.Proven => Tone.Good,
        ProvisioningState.Escalated => Tone.Bad,
        ProvisioningState.Withdrawn => Tone.Plain,
    };

    /// <summary>Names of accounts, by their number.</summary>
    public static IReadOnlyDictionary<string, string> Names(IReadOnlyList<OwnerAccount> accounts) => accounts.ToDictionary(static account => account.Id.ToString(), static account => account.Name);

    /// <summary>Whom it is about, by the names that are known now.</summary>
    public static string WhomOf(IntendedChange change, OrganizationPicture picture) =>
        change.Email ?? (change.Member is { } member ? picture.Graph.FindMember(member)?.Email ?? $"member {member}" : change.Project is { } project ? picture.Graph.FindProject(project)?.Slug ?? $"project {project}" : "");

    /// <summary>What it is to be, in few words.</summary>
    public static string WhatOf(IntendedChange change, OrganizationPicture picture)
    {
        var team = change.Team is { } id ? picture.Graph.FindTeam(id)?.Slug ?? $"team {id}" : null;
        return string.Join(", ", new[] { team, change.Role is null ? null : $"role {change.Role}" }.OfType<string>());
    }
}
