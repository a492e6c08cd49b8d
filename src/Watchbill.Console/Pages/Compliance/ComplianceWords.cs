using System.Globalization;
using Watchbill.Compliance;
using Watchbill.Compliance.Actions;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Runs;
using Watchbill.Console.Pages.Explore;
using Watchbill.Console.Shared;

namespace Watchbill.Console.Pages.Compliance;

/// <summary>How checks are called on screen, and in which mood.</summary>
internal static class ComplianceWords
{
    public static string Of(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Pass => "pass",
        CheckOutcome.Fail => "fail",
        CheckOutcome.NotEvaluated => "not evaluated",
        CheckOutcome.NotApplicable => "not applicable",
        CheckOutcome.Excepted => "excepted",
    };

    public static Tone ToneOf(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Pass => Tone.Good,
        CheckOutcome.Fail => Tone.Bad,
        CheckOutcome.NotEvaluated => Tone.Warning,
        CheckOutcome.NotApplicable => Tone.Plain,
        CheckOutcome.Excepted => Tone.Info,
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Low => "low",
        Severity.Medium => "medium",
        Severity.High => "high",
        Severity.Critical => "critical",
    };

    public static Tone ToneOf(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => Tone.Bad,
        Severity.Medium => Tone.Warning,
        Severity.Low => Tone.Plain,
    };

    public static string Of(ExceptionState state) => state switch
    {
        ExceptionState.Asked => "waits for an answer",
        ExceptionState.Approved => "approved",
        ExceptionState.Denied => "refused",
        ExceptionState.Withdrawn => "taken back",
        ExceptionState.Ended => "ended",
    };

    public static Tone ToneOf(ExceptionState state) => state switch
    {
        ExceptionState.Asked => Tone.Warning,
        ExceptionState.Approved => Tone.Info,
        ExceptionState.Denied or ExceptionState.Withdrawn or ExceptionState.Ended => Tone.Plain,
    };

    public static string Of(ActionState state) => state switch
    {
        ActionState.Open => "open",
        ActionState.InProgress => "in progress",
        ActionState.Closed => "closed",
    };

    public static Tone ToneOf(ActionState state) => state switch
    {
        ActionState.Open => Tone.Warning,
        ActionState.InProgress => Tone.Info,
        ActionState.Closed => Tone.Good,
    };

    public static string Of(ActionNoteKind kind) => kind switch
    {
        ActionNoteKind.Opened => "opened",
        ActionNoteKind.Reopened => "reopened",
        ActionNoteKind.Closed => "closed",
        ActionNoteKind.Started => "begun",
        ActionNoteKind.Assigned => "given",
        ActionNoteKind.Postponed => "date moved",
        ActionNoteKind.Commented => "said",
    };

    /// <summary>So many bytes, as people say it.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} bytes",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.#} MB"),
    };

    /// <summary>The kind of a resource, as people say it.</summary>
    public static string Of(ResourceKind kind) => kind switch
    {
        ResourceKind.Organization => "organization",
        ResourceKind.Member => "member",
        ResourceKind.Team => "team",
        ResourceKind.Project => "project",
        ResourceKind.ClientKey => "client key",
        ResourceKind.OrganizationToken => "organization token",
        ResourceKind.App => "app",
        ResourceKind.Integration => "integration",
        ResourceKind.Forwarder => "forwarding",
        ResourceKind.Relay => "relay",
        ResourceKind.ServiceHook => "webhook",
        ResourceKind.Detector => "alert detector",
        ResourceKind.Workflow => "alert workflow",
        ResourceKind.Monitor => "monitor",
        ResourceKind.Issue => "issue",
        ResourceKind.Release => "release",
        ResourceKind.LogEntry => "line of the audit log",
        ResourceKind.Reading => "read",
    };

    /// <summary>The page of a resource; null when it has none.</summary>
    public static string? LinkOf(CheckResource resource, string root) => resource.Kind switch
    {
        ResourceKind.Member => $"{root}/members/{Uri.EscapeDataString(resource.Key)}",
        ResourceKind.Team => $"{root}/teams/{Uri.EscapeDataString(resource.Key)}",
        ResourceKind.Project => $"{root}/projects/{Uri.EscapeDataString(resource.Key)}",
        ResourceKind.Issue => $"{root}/evidence/issues/record?key={Uri.EscapeDataString(resource.Key)}",
        ResourceKind.Release => $"{root}/evidence/releases/record?key={Uri.EscapeDataString(resource.Key)}",
        ResourceKind.Workflow => $"{root}/evidence/workflows/record?key={Uri.EscapeDataString(resource.Key)}",
        ResourceKind.Detector => $"{root}/evidence/detectors/record?key={Uri.EscapeDataString(resource.Key)}",
        ResourceKind.Monitor => $"{root}/evidence/monitors/record?key={Uri.EscapeDataString(resource.Key)}",
        _ => null,
    };

    /// <summary>"12 of 40 fail", or what else there is to say of a line.</summary>
    public static string Figures(CheckLine line)
    {
        var all = line.Passed + line.Failed + line.NotEvaluated + line.NotApplicable + line.Excepted;
        List<string> parts = [];
        Add(line.Failed, "fail");
        Add(line.NotEvaluated, "not evaluated");
        Add(line.Excepted, "excepted");
        Add(line.Passed, "pass");
        return all == 0 ? "" : string.Join(", ", parts);

        void Add(long count, string what)
        {
            if (count > 0)
            {
                parts.Add($"{count.ToString("N0", CultureInfo.InvariantCulture)} {what}");
            }
        }
    }

    /// <summary>The parts of a bar.</summary>
    public static IReadOnlyList<Bar.Part> Parts(Outcomes outcomes) =>
    [
        new("pass", outcomes.Pass, "good"), new("excepted", outcomes.Excepted, "accent"), new("fail", outcomes.Fail, "bad"), new("not evaluated", outcomes.NotEvaluated, "warning"),
        new("not applicable", outcomes.NotApplicable, "plain"),
    ];

    /// <summary>A value for people: a list without its brackets.</summary>
    public static string Value(CheckParameter parameter, string value) => parameter.Kind is ParameterKind.Texts
        ? value == "[]" ? "none" : value.Trim('[', ']').Replace("\"", "", StringComparison.Ordinal).Replace(",", ", ", StringComparison.Ordinal)
        : parameter.Kind is ParameterKind.Flag ? value == "true" ? "yes" : "no" : value;
}
