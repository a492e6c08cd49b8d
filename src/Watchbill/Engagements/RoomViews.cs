using Watchbill.Compliance;
using Watchbill.Compliance.Actions;
using Watchbill.Compliance.Artifacts;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Runs;
using Watchbill.Kernel;

namespace Watchbill.Engagements;

/// <summary>A source in an engagement.</summary>
/// <param name="Id">Which connector.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Organization">The organization's slug in Sentry.</param>
public sealed record RoomSource(ConnectorId Id, string Name, string Organization)
{
    /// <summary>The last run before the end of the period; null when there was none.</summary>
    public CheckRun? Run { get; init; }

    /// <summary>How each control of the engagement stood then, in their order; empty without a run.</summary>
    public IReadOnlyList<CheckOutcome> Controls { get; init; } = [];
}

/// <summary>An engagement as a whole.</summary>
/// <param name="Room">The engagement.</param>
/// <param name="Sources">Its sources.</param>
/// <param name="Requests">What was asked for, by number.</param>
public sealed record RoomOverview(Entered Room, IReadOnlyList<RoomSource> Sources, IReadOnlyList<EvidenceRequest> Requests)
{
    /// <summary>What was done and said, oldest first.</summary>
    public required IReadOnlyList<EngagementNote> Notes { get; init; }
}

/// <summary>One control for one source, in the period.</summary>
/// <param name="Room">The engagement.</param>
/// <param name="Source">The source.</param>
/// <param name="Control">The control.</param>
public sealed record RoomControl(Entered Room, RoomSource Source, FrameworkControl Control)
{
    /// <summary>The last run before the end of the period; null when there was none.</summary>
    public CheckRun? Run { get; init; }

    /// <summary>What its checks said in that run.</summary>
    public required IReadOnlyList<CheckLine> Lines { get; init; }

    /// <summary>When it changed how it stood, within the period, newest first. What was mended stays in it.</summary>
    public required IReadOnlyList<ControlChange> History { get; init; }

    /// <summary>Actions of its checks that were open in the period.</summary>
    public required IReadOnlyList<ComplianceAction> Actions { get; init; }

    /// <summary>Exceptions of its checks in the period.</summary>
    public required IReadOnlyList<CheckException> Exceptions { get; init; }

    /// <summary>Files that are evidence for it.</summary>
    public required IReadOnlyList<Artifact> Artifacts { get; init; }

    /// <summary>What was asked for about it.</summary>
    public required IReadOnlyList<EvidenceRequest> Requests { get; init; }

    /// <summary>What was said about it, oldest first.</summary>
    public required IReadOnlyList<EngagementNote> Notes { get; init; }
}

/// <summary>One check for one source, as of the end of the period.</summary>
/// <param name="Room">The engagement.</param>
/// <param name="Source">The source.</param>
/// <param name="Definition">What it looks at.</param>
public sealed record RoomCheck(Entered Room, RoomSource Source, CheckDefinition Definition)
{
    /// <summary>The last run before the end of the period.</summary>
    public required CheckRun Run { get; init; }

    /// <summary>What it said in that run.</summary>
    public required CheckLine Line { get; init; }

    /// <summary>The controls of the engagement that it is evidence for.</summary>
    public required IReadOnlyList<FrameworkControl> Controls { get; init; }

    /// <summary>What it said of each resource, failures first.</summary>
    public required ResultPage Results { get; init; }
}
