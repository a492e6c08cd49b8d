using Watchbill.Compliance.Actions;
using Watchbill.Compliance.Artifacts;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Frameworks;
using Watchbill.Kernel;

namespace Watchbill.Compliance.Runs;

/// <summary>How often each outcome occurs.</summary>
/// <param name="Pass">So often as it should be.</param>
/// <param name="Fail">So often not.</param>
/// <param name="NotEvaluated">So often not looked at.</param>
/// <param name="NotApplicable">So often without anything that it is about.</param>
/// <param name="Excepted">So often not as it should be, and approved.</param>
public sealed record Outcomes(int Pass, int Fail, int NotEvaluated, int NotApplicable, int Excepted)
{
    /// <summary>Counts them.</summary>
    public static Outcomes Of(IEnumerable<CheckOutcome> outcomes)
    {
        var counts = outcomes.CountBy(static outcome => outcome).ToDictionary();
        return new Outcomes(
            counts.GetValueOrDefault(CheckOutcome.Pass), counts.GetValueOrDefault(CheckOutcome.Fail), counts.GetValueOrDefault(CheckOutcome.NotEvaluated),
            counts.GetValueOrDefault(CheckOutcome.NotApplicable), counts.GetValueOrDefault(CheckOutcome.Excepted));
    }

    /// <summary>All of them.</summary>
    public int Total => Pass + Fail + NotEvaluated + NotApplicable + Excepted;

    /// <summary>The worst that occurs: what was not looked at makes everything unproven; only a failure is worse.</summary>
    public CheckOutcome Worst => this switch
    {
        { Fail: > 0 } => CheckOutcome.Fail,
        { NotEvaluated: > 0 } => CheckOutcome.NotEvaluated,
        { Excepted: > 0 } => CheckOutcome.Excepted,
        { Pass: > 0 } => CheckOutcome.Pass,
        _ => CheckOutcome.NotApplicable,
    };
}

/// <summary>A page of what checks said of single resources.</summary>
/// <param name="Rows">Those on this page; failures first.</param>
/// <param name="Count">How many there are on all pages.</param>
public sealed record ResultPage(IReadOnlyList<CheckResult> Rows, long Count);

/// <summary>Everything about one check of one connector.</summary>
/// <param name="Definition">What it is.</param>
public sealed record CheckDetails(CheckDefinition Definition)
{
    /// <summary>The latest run; null when there was none.</summary>
    public CheckRun? Run { get; init; }

    /// <summary>The instant that what is said of single resources is about; null when nothing ever was.</summary>
    public DateTimeOffset? ResultsAt { get; init; }

    /// <summary>What it may be set to, and is.</summary>
    public required IReadOnlyList<CheckSetting> Settings { get; init; }

    /// <summary>Its exceptions, those that are over included.</summary>
    public required IReadOnlyList<CheckException> Exceptions { get; init; }

    /// <summary>Its action; null when it never failed.</summary>
    public ComplianceAction? Action { get; init; }

    /// <summary>The controls that it is evidence for.</summary>
    public required IReadOnlyList<ControlPlace> Controls { get; init; }

    /// <summary>What it said in the latest run; null when there was none.</summary>
    public CheckLine? Line => Run?.Lines.FirstOrDefault(line => line.CheckId == Definition.Id);
}

/// <summary>A control and its framework.</summary>
/// <param name="Framework">The framework.</param>
/// <param name="Control">The control.</param>
public sealed record ControlPlace(Framework Framework, FrameworkControl Control);

/// <summary>What a parameter is set to.</summary>
/// <param name="Parameter">Which one.</param>
/// <param name="Value">The value that holds.</param>
/// <param name="History">What it was set to, newest first; empty when it always had its default.</param>
public sealed record CheckSetting(CheckParameter Parameter, string Value, IReadOnlyList<PastSetting> History);

/// <summary>A value that a parameter had.</summary>
/// <param name="Value">The value.</param>
/// <param name="From">Since when.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who set it; null for whoever has no account.</param>
/// <param name="ActorKind">What sort of actor that was.</param>
public sealed record PastSetting(string Value, DateTimeOffset From, string Reason, AccountId? By, string ActorKind);

/// <summary>How an organization stands.</summary>
public sealed record PostureReport
{
    /// <summary>The latest run; null when there was none.</summary>
    public CheckRun? Run { get; init; }

    /// <summary>What the run rested on.</summary>
    public required IReadOnlyList<InputStanding> Inputs { get; init; }

    /// <summary>How each framework stands.</summary>
    public required IReadOnlyList<FrameworkStanding> Frameworks { get; init; }

    /// <summary>One point for each day with a run, oldest first.</summary>
    public required IReadOnlyList<TrendPoint> Trend { get; init; }

    /// <summary>Whether there was a run more than a day ago: without one, nothing began or ceased.</summary>
    public bool HasYesterday { get; init; }

    /// <summary>What began to fail within the last day; the newest first.</summary>
    public required IReadOnlyList<CheckResult> Began { get; init; }

    /// <summary>What ceased to fail within the last day; the newest first.</summary>
    public required IReadOnlyList<CheckResult> Ceased { get; init; }

    /// <summary>Exceptions that wait or cover something, the next to end first.</summary>
    public required IReadOnlyList<CheckException> Exceptions { get; init; }

    /// <summary>How the actions stand.</summary>
    public required ActionFigures Actions { get; init; }
}

/// <summary>How one input stood.</summary>
/// <param name="Title">What people call it.</param>
/// <param name="ReadAt">When it was read; null when it could not be relied on.</param>
/// <param name="Problem">Why not; null when it could.</param>
public sealed record InputStanding(string Title, DateTimeOffset? ReadAt, string? Problem)
{
    /// <summary>Whether it is collected as evidence; the others are read by the source's runs.</summary>
    public bool IsCollected { get; init; }
}

/// <summary>How a framework stands.</summary>
/// <param name="Framework">Which one.</param>
/// <param name="Controls">How its controls stand.</param>
public sealed record FrameworkStanding(Framework Framework, Outcomes Controls);

/// <summary>How things stood at the end of a day.</summary>
/// <param name="At">The instant that the day's last run is about.</param>
/// <param name="Checks">How the checks stood.</param>
public sealed record TrendPoint(DateTimeOffset At, Outcomes Checks);

/// <summary>How one framework stands, control by control.</summary>
/// <param name="Framework">Which one.</param>
/// <param name="Run">The run that says so; null when there was none.</param>
/// <param name="Controls">How each control stands, in their order; empty without a run.</param>
public sealed record FrameworkReport(Framework Framework, CheckRun? Run, IReadOnlyList<CheckOutcome> Controls)
{
    /// <summary>How the controls stood, one point for each day with a run, oldest first.</summary>
    public required IReadOnlyList<TrendPoint> Trend { get; init; }
}

/// <summary>Everything about one control of one connector.</summary>
/// <param name="Framework">Its framework.</param>
/// <param name="Control">The control.</param>
public sealed record ControlReport(Framework Framework, FrameworkControl Control)
{
    /// <summary>The latest run; null when there was none.</summary>
    public CheckRun? Run { get; init; }

    /// <summary>What its checks said in that run.</summary>
    public required IReadOnlyList<CheckLine> Lines { get; init; }

    /// <summary>How it stood, newest first: an entry for each day on which that changed, as far as the last two years show.</summary>
    public required IReadOnlyList<ControlChange> History { get; init; }

    /// <summary>The actions of its checks.</summary>
    public required IReadOnlyList<ComplianceAction> Actions { get; init; }

    /// <summary>The exceptions to its checks that wait or cover something.</summary>
    public required IReadOnlyList<CheckException> Exceptions { get; init; }

    /// <summary>The files that people recorded as evidence for it.</summary>
    public required IReadOnlyList<Artifact> Artifacts { get; init; }

    /// <summary>How it stands: as bad as the worst of its checks; null without a run.</summary>
    public CheckOutcome? Outcome => Run is null ? null : Outcomes.Of(Lines.Select(static line => line.Outcome)).Worst;
}

/// <summary>A day on which a control began to stand otherwise.</summary>
/// <param name="At">The instant that the day's last run is about.</param>
/// <param name="Outcome">How it stood from then on.</param>
public sealed record ControlChange(DateTimeOffset At, CheckOutcome Outcome);
