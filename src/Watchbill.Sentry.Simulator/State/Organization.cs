using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State.Auditing;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.State;

/// <summary>
/// One organization with everything in it. Changes are the extension methods in <see cref="MemberChanges"/>, <see cref="TeamChanges"/>,
/// <see cref="ProjectChanges"/>, <see cref="SettingsChanges"/> and <see cref="CredentialChanges"/>; each writes the audit row Sentry would write.
/// Lists handed out are copies; the objects in them are live.
/// </summary>
public sealed class Organization
{
    private readonly HashSet<string> features = new(StringComparer.Ordinal) { "team-roles", "invite-members", "onboarding", "sso-basic", "sso-saml2" };

    internal Organization(World world, long id, string slug)
    {
        World = world;
        Id = id;
        Slug = slug;
        Audit = new AuditTrail(world);
    }

    public World World { get; }

    public long Id { get; }

    public string Slug { get; internal set; }

    public required string Name { get; set; }

    public required DateTimeOffset DateCreated { get; init; }

    /// <summary>Name of the region that holds the organization, such as <c>us</c>.</summary>
    public required string Region { get; set; }

    public OrganizationSettings Settings { get; internal set; } = new();

    /// <summary>Null while there is no single sign-on.</summary>
    public AuthProvider? AuthProvider { get; set; }

    /// <summary>What <c>features</c> lists apart from the names derived from settings. Without <c>team-roles</c> stored team roles mean nothing.</summary>
    public ISet<string> Features => features;

    public bool HasTeamRoles => features.Contains("team-roles");

    /// <summary>The roles this deployment knows.</summary>
    public IReadOnlyList<OrgRole> OrgRoles { get; internal set; } = OrgRole.All;

    /// <summary>False answers 403 to invitations.</summary>
    public bool MayInvite { get; set; } = true;

    public AuditTrail Audit { get; }

    /// <summary>Releases, issues, events and what else happened in the projects.</summary>
    public OrganizationEvidence Evidence { get; internal set; } = null!;

    /// <summary>The rows that a careful client must not stumble over.</summary>
    public Fixtures Fixtures { get; internal set; } = new();

    public IReadOnlyList<Member> Members => Locked(() => MemberRows.All.ToArray());

    public IReadOnlyList<Team> Teams => Locked(() => TeamRows.InSlugOrder);

    /// <summary>Active projects in slug order.</summary>
    public IReadOnlyList<Project> Projects => Locked(() => ProjectRows.InSlugOrder);

    public IReadOnlyList<SentryApp> SentryApps => Locked(() => Apps.ToArray());

    public IReadOnlyList<AccessRequest> AccessRequests => Locked(() => Requests.ToArray());

    public IReadOnlyList<PastMembership> PastMemberships => Locked(() => EndedMemberships.ToArray());

    // All of the following is guarded by Gate.
    internal Lock Gate { get; } = new();

    internal MemberRegister MemberRows { get; } = new();

    internal SlugRegister<Team> TeamRows { get; } = new();

    internal SlugRegister<Project> ProjectRows { get; } = new();

    /// <summary>Former slugs of renamed projects.</summary>
    internal Dictionary<string, Project> FormerSlugs { get; } = new(StringComparer.Ordinal);

    internal List<PastMembership> EndedMemberships { get; } = [];

    internal List<AccessRequest> Requests { get; } = [];

    internal List<SentryApp> Apps { get; } = [];

    internal List<Integration> Integrations { get; } = [];

    internal InviteQuota InviteQuota { get; } = new();

    /// <summary>Finds a member by its id, or by a person's address.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Member Member(string idOrEmail) => Locked(() =>
        (long.TryParse(idOrEmail, out var id) ? MemberRows.Find(id) : MemberRows.OfAddress(idOrEmail))
        ?? throw new KeyNotFoundException($"{Slug} has no member {idOrEmail}."));

    /// <summary>Finds a team by id or slug.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Team Team(string idOrSlug) => Locked(() => TeamRows.Find(idOrSlug))
        ?? throw new KeyNotFoundException($"{Slug} has no team {idOrSlug}.");

    /// <summary>Finds a project by id or slug.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Project Project(string idOrSlug) => Locked(() => ProjectRows.Find(idOrSlug))
        ?? throw new KeyNotFoundException($"{Slug} has no project {idOrSlug}.");

    public override string ToString() => Slug;

    /// <summary>Who acts when a change names nobody: the first owner.</summary>
    internal Actor DefaultActor =>
        MemberRows.All.FirstOrDefault(member => member.Role.Id == "owner")?.User is { } owner ? Actor.Of(owner) : Actor.System;

    internal T Locked<T>(Func<T> read)
    {
        lock (Gate)
        {
            return read();
        }
    }
}
