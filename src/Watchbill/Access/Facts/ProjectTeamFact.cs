using Watchbill.Kernel;

namespace Watchbill.Access.Facts;

/// <summary>A team owns a project: its members reach it. Key: <c>projectId:teamId</c>. Belongs to the scope of projects.</summary>
public sealed class ProjectTeamFact : Fact
{
    /// <summary>The project's id.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The team's id.</summary>
    public required string TeamId { get; init; }

    /// <summary>The key of the link.</summary>
    public static string KeyOf(string projectId, string teamId) => $"{projectId}:{teamId}";

    /// <inheritdoc/>
    protected override void AddAttributes(FingerprintBuilder builder) => builder.Add(ProjectId).Add(TeamId);
}
