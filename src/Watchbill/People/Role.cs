namespace Watchbill.People;

/// <summary>What a person may do in Watchbill as a whole. An account holds one or more; its rights are the union of theirs.</summary>
public enum Role
{
    /// <summary>May ask for access and decide the reviews given to them; sees nothing of the organization's access otherwise.</summary>
    Member,

    /// <summary>Works in the audit engagements that name them, and sees nothing else.</summary>
    ExternalAuditor,

    /// <summary>Reads everything, changes nothing.</summary>
    Auditor,

    /// <summary>Runs reviews and requests: who gets, keeps and loses access.</summary>
    AccessManager,

    /// <summary>Runs checks, frameworks, actions, exceptions and evidence.</summary>
    ComplianceManager,

    /// <summary>Connects organizations and keeps the connections working.</summary>
    IntegrationAdministrator,

    /// <summary>Everything, people and their roles included.</summary>
    SuperAdministrator,
}
