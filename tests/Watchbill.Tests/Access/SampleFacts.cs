using Watchbill.Access;
using Watchbill.Access.Facts;

namespace Watchbill.Tests.Access;

/// <summary>Facts of every kind with awkward values in every column.</summary>
internal static class SampleFacts
{
    private static readonly DateTimeOffset Created = new DateTimeOffset(2019, 12, 31, 23, 59, 59, TimeSpan.Zero).AddTicks(9_999_990);

    public static IReadOnlyList<Fact> OfEveryKind() =>
    [
        new OrganizationFact
        {
            Scope = Scope.Organization,
            Key = "1",
            Slug = "acme",
            Name = "Acme's \"Größe\" 🚢\nsecond line \\ %_;--",
            Status = "active",
            DateCreated = Created,
            OpenMembership = true,
            RequireTwoFactor = false,
            RequireSso = null,
            RoleCatalogue = """{"orgRoleList":[]}""",
        },
        new AuthProviderFact { Scope = Scope.AuthProvider, Key = "2", ProviderName = "okta", RequireLink = false, ScimEnabled = true, DefaultRole = null },
        new MemberFact
        {
            Scope = Scope.Members,
            Key = "3",
            UserId = null,
            Email = "o'hara@example.com",
            Name = "",
            OrgRole = "owner",
            Pending = true,
            DateCreated = Created,
            HasTwoFactor = null,
            UserIsActive = true,
            IsSuperuser = false,
        },
        new TeamFact { Scope = Scope.Teams, Key = "4", Slug = "sre", Name = "SRE", IdpProvisioned = true, DateCreated = null },
        LedgerHarness.Membership("4", "3", "admin"),
        new ProjectFact { Scope = Scope.Projects, Key = "5", Slug = "api", Name = "API", Platform = null, DateCreated = Created },
        new ProjectTeamFact { Scope = Scope.Projects, Key = ProjectTeamFact.KeyOf("5", "4"), ProjectId = "5", TeamId = "4" },
        new NonHumanFact
        {
            Scope = Scope.ClientKeys,
            Key = NonHumanFact.KeyOf(NonHumanKind.ClientKey, "abc"),
            Kind = NonHumanKind.ClientKey,
            ExternalId = "abc",
            Name = "Default",
            IsActive = false,
            ProjectId = "5",
        },
    ];
}
