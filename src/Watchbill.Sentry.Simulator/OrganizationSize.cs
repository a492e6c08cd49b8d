namespace Watchbill.Sentry.Simulator;

/// <summary>
/// How much is generated for the large organization. The fixtures (see <see cref="State.Fixtures"/>) come on top of these numbers.
/// Audit rows beyond those that follow from the generated state are computed when read, so a million of them cost no memory.
/// </summary>
/// <param name="Members">Accepted members, up to 50,000.</param>
/// <param name="Teams">Teams, up to 5,000.</param>
/// <param name="Projects">Projects, up to 20,000.</param>
/// <param name="AuditRows">Rows in the audit log at the start, up to 1,000,000.</param>
/// <param name="TeamsPerMember">Average number of teams a member is on.</param>
/// <param name="IssuesPerProject">Most issues of one project, up to 1,000; about half of them exist. Computed when read.</param>
/// <param name="ReleasesPerProject">Most releases of one project, up to 500. Computed when read.</param>
public sealed record OrganizationSize(
    int Members = 400,
    int Teams = 60,
    int Projects = 150,
    int AuditRows = 5_000,
    double TeamsPerMember = 2.2,
    int IssuesPerProject = 20,
    int ReleasesPerProject = 12)
{
    /// <summary>A mid-sized company: 400 members, 60 teams, 150 projects.</summary>
    public static OrganizationSize Default { get; } = new();

    /// <summary>Few rows and all fixtures, for tests that read everything.</summary>
    public static OrganizationSize Small { get; } = new(Members: 25, Teams: 8, Projects: 15, AuditRows: 300);
}
