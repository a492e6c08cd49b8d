namespace Watchbill.Sentry.Simulator.State;

/// <summary>A team of an organization.</summary>
public sealed class Team : IHasSlug
{
    public required long Id { get; init; }

    public required string Slug { get; set; }

    public required string Name { get; set; }

    public required DateTimeOffset DateCreated { get; init; }

    /// <summary>Managed by SCIM: its memberships cannot be changed otherwise.</summary>
    public bool IsIdpProvisioned { get; set; }

    public IReadOnlyList<Membership> Memberships => [.. Links.Values];

    /// <summary>Memberships by member id.</summary>
    internal SortedList<long, Membership> Links { get; } = [];

    internal List<Project> OwnedProjects { get; } = [];

    public IReadOnlyList<Project> Projects => OwnedProjects;

    /// <summary>How many rows count as members: approved ones, pending and deactivated included.</summary>
    public int MemberCount => Links.Values.Count(link => link.Member.InviteStatus == Member.Approved);

    public override string ToString() => Slug;
}
