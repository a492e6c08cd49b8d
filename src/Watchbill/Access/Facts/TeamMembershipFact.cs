using Watchbill.Kernel;

namespace Watchbill.Access.Facts;

/// <summary>A member's (or invitation's) place in a team. Key: <c>teamId:memberId</c>.</summary>
public sealed class TeamMembershipFact : Fact
{
    /// <summary>The team's id.</summary>
    public required string TeamId { get; init; }

    /// <summary>The organization member id.</summary>
    public required string MemberId { get; init; }

    /// <summary>The stored team role; null means the least role that the organization role gives. The effective role is the higher of both.</summary>
    public string? TeamRole { get; init; }

    /// <summary>The key of a membership.</summary>
    public static string KeyOf(string teamId, string memberId) => $"{teamId}:{memberId}";

    /// <inheritdoc/>
    protected override void AddAttributes(FingerprintBuilder builder) => builder.Add(TeamId).Add(MemberId).Add(TeamRole);
}
