namespace Watchbill.Sentry.Simulator.State;

/// <summary>The whole graph at one moment, with what is over: what a correct client must have found out. Plain records, no secrets.</summary>
public sealed record Truth(DateTimeOffset At, IReadOnlyList<TruthOrganization> Organizations)
{
    internal static Truth Of(World world) =>
        new(world.Now, [.. world.Organizations.Select(organization => organization.Locked(() => TruthOrganization.Of(organization)))]);
}

/// <summary>One organization in <see cref="Truth"/>.</summary>
public sealed record TruthOrganization(long Id, string Slug, string Region)
{
    public required OrganizationSettings Settings { get; init; }

    public required IReadOnlyList<TruthMember> Members { get; init; }

    public required IReadOnlyList<TruthTeam> Teams { get; init; }

    public required IReadOnlyList<TruthMembership> Memberships { get; init; }

    public required IReadOnlyList<PastMembership> PastMemberships { get; init; }

    public required IReadOnlyList<TruthProject> Projects { get; init; }

    public required IReadOnlyList<TruthCredential> Credentials { get; init; }

    public int ClientKeys { get; init; }

    public int AuditRows { get; init; }

    internal static TruthOrganization Of(Organization organization) => new(organization.Id, organization.Slug, organization.Region)
    {
        Settings = organization.Settings,
        Members = [.. organization.MemberRows.All.Select(TruthMember.Of)],
        Teams = [.. organization.TeamRows.InSlugOrder.Select(team => new TruthTeam(team.Id, team.Slug, team.Name, team.IsIdpProvisioned))],
        Memberships = [.. organization.MemberRows.All.SelectMany(member => member.TeamLinks).Select(TruthMembership.Of)],
        PastMemberships = [.. organization.EndedMemberships],
        Projects = [.. organization.ProjectRows.InSlugOrder.Select(TruthProject.Of)],
        Credentials = [.. organization.World.Tokens.Where(token => token.Organization == organization).Select(TruthCredential.Of)],
        ClientKeys = organization.ProjectRows.InSlugOrder.Sum(project => project.ClientKeys.Count),
        AuditRows = organization.Audit.Count,
    };
}

/// <param name="IsListed">Whether member listings show it.</param>
/// <param name="UserId">Null for an invitation.</param>
public sealed record TruthMember(long Id, long? UserId, string Email, string Role, bool IsPending, bool IsListed)
{
    public bool IsActive { get; init; }

    public MemberFlags Flags { get; init; }

    public DateTimeOffset Since { get; init; }

    internal static TruthMember Of(Member member) => new(member.Id, member.User?.Id, member.Email, member.Role.Id, member.IsPending, member.IsListed)
    {
        IsActive = member.User?.IsActive ?? false,
        Flags = member.Flags,
        Since = member.DateCreated,
    };
}

public sealed record TruthTeam(long Id, string Slug, string Name, bool IsIdpProvisioned);

/// <param name="Role">Stored team role, or null.</param>
public sealed record TruthMembership(long Id, long MemberId, long TeamId, string? Role, DateTimeOffset Since)
{
    internal static TruthMembership Of(Membership link) => new(link.Id, link.Member.Id, link.Team.Id, link.Role, link.Since);
}

public sealed record TruthProject(long Id, string Slug, IReadOnlyList<long> TeamIds)
{
    internal static TruthProject Of(Project project) => new(project.Id, project.Slug, [.. project.OwningTeams.Select(team => team.Id)]);
}

public sealed record TruthCredential(long Id, TokenKind Kind, string Name, string LastFour, IReadOnlyList<string> Scopes)
{
    internal static TruthCredential Of(Token token) => new(token.Id, token.Kind, token.App?.Name ?? token.Name, token.LastFour, [.. token.Scopes.Names]);
}
