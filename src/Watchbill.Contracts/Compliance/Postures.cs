using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.Compliance;

/// <summary>How often each outcome occurs.</summary>
/// <param name="Pass">So often as it should be.</param>
/// <param name="Fail">So often not.</param>
/// <param name="NotEvaluated">So often not looked at.</param>
/// <param name="NotApplicable">So often without anything that it is about.</param>
/// <param name="Excepted">So often not as it should be, and approved.</param>
public sealed record Outcomes(int Pass, int Fail, int NotEvaluated, int NotApplicable, int Excepted);

/// <summary>How an organization stands.</summary>
public sealed record Posture
{
    /// <summary>The instant that the latest run is about; null when there was none.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>How the checks stand.</summary>
    public required Outcomes Checks { get; init; }

    /// <summary>How each framework stands.</summary>
    public required IReadOnlyList<FrameworkStanding> Frameworks { get; init; }

    /// <summary>One point for each day with a run, oldest first.</summary>
    public required IReadOnlyList<PosturePoint> Trend { get; init; }

    /// <summary>What began to fail within the last day.</summary>
    public required IReadOnlyList<CheckResult> Began { get; init; }

    /// <summary>What ceased to fail within the last day.</summary>
    public required IReadOnlyList<CheckResult> Ceased { get; init; }

    /// <summary>Exceptions that wait or cover something.</summary>
    public required IReadOnlyList<CheckException> Exceptions { get; init; }

    /// <summary>How the actions stand.</summary>
    public required ActionFigures Actions { get; init; }

    /// <summary>What could not be relied on, and why.</summary>
    public required IReadOnlyList<InputProblem> Problems { get; init; }
}

/// <summary>An input that could not be relied on.</summary>
/// <param name="Input">What people call it.</param>
/// <param name="Why">Why not.</param>
public sealed record InputProblem(string Input, string Why);

/// <summary>How a framework stands.</summary>
/// <param name="Framework">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Controls">How its controls stand, as far as evidence from Sentry is about them.</param>
/// <param name="ControlCount">How many controls the framework has in all.</param>
public sealed record FrameworkStanding(string Framework, string Name, Outcomes Controls, int ControlCount);

/// <summary>How the checks stood at the end of a day.</summary>
/// <param name="At">The instant that the day's last run is about.</param>
/// <param name="Checks">How they stood.</param>
public sealed record PosturePoint(DateTimeOffset At, Outcomes Checks);

/// <summary>How far a trend goes back.</summary>
public sealed record PostureQuery
{
    /// <summary>In days.</summary>
    [Range(1, 730)]
    public int Days { get; init; } = 90;
}

/// <summary>A list of controls.</summary>
public sealed record Framework
{
    /// <summary>Stable, for example <c>soc2-tsc-2017-rev2022</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Which edition.</summary>
    public required string Edition { get; init; }

    /// <summary>Whose it is, and why its texts are here or not.</summary>
    public required string Source { get; init; }

    /// <summary>How many controls it has in all.</summary>
    public required int ControlCount { get; init; }

    /// <summary>Whether it is one of your own; the others come with Watchbill.</summary>
    public bool IsOwn { get; init; }

    /// <summary>The controls that evidence from Sentry is about.</summary>
    public required IReadOnlyList<FrameworkControl> Controls { get; init; }
}

/// <summary>The frameworks that are followed.</summary>
/// <param name="Frameworks">Their ids, in order; none where all are, those to come included.</param>
public sealed record FollowedFrameworks(IReadOnlyList<string> Frameworks);

/// <summary>Frameworks to follow.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewFollowedFrameworks
{
    /// <summary>Their ids; none for all, those to come included.</summary>
    [Required, MaxLength(100)]
    public required IReadOnlyList<string> Frameworks { get; init; }

    /// <summary>Why.</summary>
    [Required, StringLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>A framework of your own: YAML or JSON with everything in it, or a table beside what a table does not say.</summary>
public sealed record NewFramework
{
    /// <summary>The whole framework: id, name, edition, source, controlCount, controls (id, title, theme, checks). Null when <see cref="Csv"/> is given.</summary>
    public string? Yaml { get; init; }

    /// <summary>A control on each line, headings in the first: control, title, theme, checks (apart by blanks). Null when <see cref="Yaml"/> is given.</summary>
    public string? Csv { get; init; }

    /// <summary>The id of a table's framework.</summary>
    public string? Id { get; init; }

    /// <summary>The name of a table's framework.</summary>
    public string? Name { get; init; }

    /// <summary>The edition of a table's framework.</summary>
    public string? Edition { get; init; }

    /// <summary>Whose a table's framework is.</summary>
    public string? Source { get; init; }

    /// <summary>Why it is brought.</summary>
    public required string Reason { get; init; }
}

/// <summary>One control.</summary>
public sealed record FrameworkControl
{
    /// <summary>As the framework writes it.</summary>
    public required string Id { get; init; }

    /// <summary>What it asks for, in few words.</summary>
    public required string Title { get; init; }

    /// <summary>What it is about, in one word: it decides what evidence cannot show.</summary>
    public string? Theme { get; init; }

    /// <summary>What evidence from Sentry cannot show of it.</summary>
    public required string CannotShow { get; init; }

    /// <summary>The checks that are evidence for a part of it.</summary>
    public required IReadOnlyList<string> Checks { get; init; }

    /// <summary>As bad as the worst of its checks; null where it was not asked of one connector, or nothing was run.</summary>
    public string? Outcome { get; init; }
}

/// <summary>How the actions of a connector stand.</summary>
/// <param name="Open">So many are not done.</param>
/// <param name="Overdue">So many of them should be.</param>
/// <param name="Unowned">So many of them nobody owns.</param>
public sealed record ActionFigures(long Open, long Overdue, long Unowned);

/// <summary>Everything about one control of one connector.</summary>
public sealed record Control
{
    /// <summary>Its framework.</summary>
    public required string Framework { get; init; }

    /// <summary>As the framework writes it.</summary>
    public required string Id { get; init; }

    /// <summary>What it asks for.</summary>
    public required string Title { get; init; }

    /// <summary>What evidence from Sentry cannot show of it.</summary>
    public required string CannotShow { get; init; }

    /// <summary>As bad as the worst of its checks; null when they were not run yet.</summary>
    public string? Outcome { get; init; }

    /// <summary>What its checks said in the latest run.</summary>
    public required IReadOnlyList<CheckLine> Checks { get; init; }

    /// <summary>How it stood, newest first: an entry for each day on which that changed.</summary>
    public required IReadOnlyList<ControlChange> History { get; init; }

    /// <summary>The actions of its checks.</summary>
    public required IReadOnlyList<ComplianceAction> Actions { get; init; }

    /// <summary>The exceptions to its checks that wait or cover something.</summary>
    public required IReadOnlyList<CheckException> Exceptions { get; init; }

    /// <summary>The files that people recorded as evidence for it.</summary>
    public required IReadOnlyList<Artifact> Artifacts { get; init; }
}

/// <summary>A day on which a control began to stand otherwise.</summary>
/// <param name="At">The instant that the day's last run is about.</param>
/// <param name="Outcome">How it stood from then on.</param>
public sealed record ControlChange(DateTimeOffset At, string Outcome);

/// <summary>Which control.</summary>
public sealed record ControlQuery
{
    /// <summary>As the framework writes it, for example CC6.1.</summary>
    [Required, StringLength(100)]
    public required string Id { get; init; }
}
