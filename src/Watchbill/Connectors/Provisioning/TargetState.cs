using System.Text.Json;
using System.Text.Json.Serialization;

namespace Watchbill.Connectors.Provisioning;

/// <summary>What Sentry says about what a change is about. What it was not asked is null.</summary>
public sealed record TargetState
{
    /// <summary>The id of the member or invitation; null when there is none, or when none is concerned.</summary>
    public string? Member { get; init; }

    /// <summary>Whether that is an open invitation.</summary>
    public bool? IsInvitation { get; init; }

    /// <summary>Whether the invitation can no longer be accepted.</summary>
    public bool? IsExpired { get; init; }

    /// <summary>The role in the organization.</summary>
    public string? OrgRole { get; init; }

    /// <summary>The slugs of the teams, in order.</summary>
    public IReadOnlyList<string>? Teams { get; init; }

    /// <summary>Whether the member is on the team in question.</summary>
    public bool? OnTeam { get; init; }

    /// <summary>The role in effect on that team; null off the team.</summary>
    public string? TeamRole { get; init; }

    /// <summary>Whether the team has the project in question.</summary>
    public bool? TeamHasProject { get; init; }

    /// <summary>Whether this is what the change is for.</summary>
    public bool Fulfils(IntendedChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.Kind switch
        {
            ChangeKind.RemoveMember or ChangeKind.WithdrawInvitation => Member is null,
            ChangeKind.ChangeOrgRole => OrgRole == change.Role,
            ChangeKind.JoinTeam => OnTeam is true,
            ChangeKind.LeaveTeam => OnTeam is false || Member is null,
            ChangeKind.ChangeTeamRole => OnTeam is true && TeamRole == change.Role,
            ChangeKind.AddProjectTeam => TeamHasProject is true,
            ChangeKind.RemoveProjectTeam => TeamHasProject is false,
            ChangeKind.Invite => Member is not null,

            // A mail leaves no trace: what can be seen is only that the invitation is open.
            ChangeKind.ResendInvitation => false,
        };
    }

    /// <summary>The state in words.</summary>
    public string Describe() => (Member, TeamHasProject) switch
    {
        (_, true) => "The team has the project.",
        (_, false) => "The team does not have the project.",
        (null, _) => "Sentry has no such member.",
        _ => string.Join(", ", Parts()) + ".",
    };

    /// <summary>As it is kept: the same state, the same text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ProvisioningJson.Default.TargetState);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static TargetState? FromJson(string? json) => json is null ? null : JsonSerializer.Deserialize(json, ProvisioningJson.Default.TargetState);

    private IEnumerable<string> Parts()
    {
        yield return IsInvitation is true ? IsExpired is true ? "An expired invitation" : "An open invitation" : "A member";
        yield return $"with the role {OrgRole ?? "unknown"}";
        if (OnTeam is { } onTeam)
        {
            yield return onTeam ? TeamRole is null ? "on the team" : $"on the team as {TeamRole}" : "not on the team";
        }
        else if (Teams is { Count: > 0 } teams)
        {
            yield return $"on {string.Join(", ", teams.Take(5))}{(teams.Count > 5 ? $" and {teams.Count - 5} more teams" : "")}";
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TargetState))]
internal sealed partial class ProvisioningJson : JsonSerializerContext;
