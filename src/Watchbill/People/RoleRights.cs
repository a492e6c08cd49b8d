namespace Watchbill.People;

/// <summary>Which rights each role gives. The one place where that is decided.</summary>
public static class RoleRights
{
    private static readonly Right[] Reading = [Right.ReadAccess, Right.ReadPeople, Right.ReadAudit, Right.EnterEngagements];

    /// <summary>The rights of one role.</summary>
    public static IReadOnlyList<Right> Of(Role role) => role switch
    {
        Role.SuperAdministrator => Enum.GetValues<Right>(),
        Role.IntegrationAdministrator => [Right.ReadAccess, Right.ManageConnectors, Right.AskForExceptions],
        Role.AccessManager => [Right.ReadAccess, Right.ReadAudit, Right.ChangeAccess, Right.ManageReviews, Right.ManageIdentities, Right.AskForExceptions],
        Role.ComplianceManager => [Right.ReadAccess, Right.ReadAudit, Right.ManageReviews, Right.ManageCompliance, Right.AskForExceptions, Right.EnterEngagements],
        Role.Auditor => Reading,
        Role.ExternalAuditor => [Right.EnterEngagements],
        Role.Member => [],
    };

    /// <summary>The rights of several roles together.</summary>
    public static IReadOnlySet<Right> Of(IEnumerable<Role> roles) => roles.SelectMany(Of).ToHashSet();
}
