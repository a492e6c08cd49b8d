namespace Watchbill.Evidence;

/// <summary>What is collected from a source beside access. Names are kept in the database: add, never rename.</summary>
public enum EvidenceKind
{
    /// <summary>Issues of every state.</summary>
    Issues,

    /// <summary>Released versions.</summary>
    Releases,

    /// <summary>Where and when releases were deployed.</summary>
    Deploys,

    /// <summary>Which commits releases are made of, and by which pull request they came.</summary>
    Commits,

    /// <summary>Environments that events came from.</summary>
    Environments,

    /// <summary>Repositories of source code.</summary>
    Repositories,

    /// <summary>Monitors of scheduled jobs.</summary>
    Monitors,

    /// <summary>What looks for something to be alerted of.</summary>
    Detectors,

    /// <summary>Who is told when it is found.</summary>
    Workflows,

    /// <summary>Where data leaves to.</summary>
    Forwarding,

    /// <summary>Relays that data comes through.</summary>
    Relays,

    /// <summary>Settings of each project, with its filters, ownership rules and hooks.</summary>
    ProjectSettings,

    /// <summary>How much each project received and what became of it.</summary>
    Usage,

    /// <summary>What happened to one issue; on demand only.</summary>
    IssueActivity,

    /// <summary>The events of one issue; on demand only.</summary>
    IssueEvents,
}
