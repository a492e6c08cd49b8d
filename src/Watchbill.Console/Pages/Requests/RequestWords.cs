using System.Globalization;
using Watchbill.Console.Shared;
using Watchbill.Requests;
using Watchbill.Requests.Drifts;
using Watchbill.Requests.Insight;

namespace Watchbill.Console.Pages.Requests;

/// <summary>How requests and grants are called on screen, and in which mood.</summary>
internal static class RequestWords
{
    public static string What(AccessRequest request) => request.Target.Kind is AccessKind.OrgRole
        ? $"the role {request.Target.Role} in the organization"
        : $"{request.Target.Role} on {request.ResourceName}{(request.ProjectName is { } project ? $", for {project}" : "")}";

    public static string Of(RequestState state) => state switch
    {
        RequestState.Submitted => "waits for an answer",
        RequestState.Approved => "granted",
        RequestState.Denied => "denied",
        RequestState.Withdrawn => "withdrawn",
        RequestState.Expired => "nobody answered",
    };

    public static Tone ToneOf(RequestState state) => state switch
    {
        RequestState.Submitted => Tone.Info,
        RequestState.Approved => Tone.Good,
        RequestState.Denied => Tone.Bad,
        RequestState.Withdrawn or RequestState.Expired => Tone.Plain,
    };

    public static (string Word, Tone Tone) Of(TemporaryGrant grant) => (grant.State, grant.Provisioning) switch
    {
        (GrantState.Scheduled, _) => ("planned", Tone.Plain),
        (GrantState.Active, GrantProvisioning.Granted) => ("there, proven", Tone.Good),
        (GrantState.Active, GrantProvisioning.GrantFailed) => ("could not be given", Tone.Bad),
        (GrantState.Active, _) => ("being given", Tone.Info),
        (GrantState.Ended, GrantProvisioning.Revoking) => ("being taken back", Tone.Info),
        (GrantState.Ended, GrantProvisioning.RevokeFailed) => ("ended, still there", Tone.Bad),
        (GrantState.Ended, GrantProvisioning.Revoked) => ("gone, proven", Tone.Plain),
        _ => ("ended", Tone.Plain),
    };

    /// <summary>What a drift is, in one sentence.</summary>
    public static string Sentence(AccessDrift drift) => (drift.Kind switch
    {
        DriftKind.CameBack => $"It was taken back, and is there again with the role {drift.FoundRole}.",
        DriftKind.ChangedOutside => $"Somebody made the role {drift.FoundRole} of it in Sentry.",
        DriftKind.RemovedOutside => "Somebody took it away in Sentry.",
    }) + (drift.LoggedActor is { } actor ? $" Sentry's audit log names {actor}." : " Sentry's audit log does not tell who did it.");

    /// <summary>What Sentry shows, in a table.</summary>
    public static string Shown(AccessDrift drift) => drift.Kind switch
    {
        DriftKind.CameBack => $"{drift.FoundRole}: it came back",
        DriftKind.ChangedOutside => $"{drift.FoundRole}: it was changed",
        DriftKind.RemovedOutside => "taken away",
    };

    public static string Of(AccessDrift drift) => drift.State switch
    {
        DriftState.Open => "to be decided",
        DriftState.Accepted => "may stay",
        DriftState.Removed => drift.Grant.Provisioning is GrantProvisioning.Revoking or GrantProvisioning.Granting ? "being put back" : drift.Grant.Provisioning is GrantProvisioning.RevokeFailed or GrantProvisioning.GrantFailed ? "could not be put back" : "put back",
        DriftState.Gone => drift.Kind is DriftKind.RemovedOutside ? "the grant ended" : "gone by itself",
    };

    public static Tone ToneOf(AccessDrift drift) => drift.State switch
    {
        DriftState.Open => Tone.Bad,
        DriftState.Accepted => Tone.Warning,
        DriftState.Removed => drift.Grant.Provisioning is GrantProvisioning.RevokeFailed or GrantProvisioning.GrantFailed ? Tone.Bad : Tone.Good,
        DriftState.Gone => Tone.Plain,
    };

    public static string What(UnusedAccess unused) => (unused.Why, unused.Target.Kind) switch
    {
        (UnusedReason.NotActive, _) => $"{unused.Target.Role}, on {Words.Count(unused.Teams, "team")}",
        (_, AccessKind.OrgRole) => $"the role {unused.Target.Role} in the organization",
        _ => $"{unused.Target.Role} on {unused.Name}",
    };

    public static string Of(UnusedReason reason) => reason switch
    {
        UnusedReason.NotActive => "not seen in Sentry for the whole time",
        UnusedReason.NothingChanged => "active, but changed nothing that the audit log tells",
    };

    /// <summary>"40 seconds", "12 minutes", "1.5 hours".</summary>
    public static string Wait(TimeSpan? time) => time switch
    {
        null => "\u2013",
        { TotalMinutes: < 1 } seconds => Words.Count((long)Math.Ceiling(seconds.TotalSeconds), "second"),
        { TotalHours: < 1 } minutes => Words.Count((long)Math.Round(minutes.TotalMinutes), "minute"),
        { TotalDays: < 2 } hours => $"{hours.TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} hours",
        { } days => $"{days.TotalDays.ToString("0.#", CultureInfo.InvariantCulture)} days",
    };

    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Approve => "yes",
        Verdict.Deny => "no",
        Verdict.Automatic => "yes, by the policy's rule",
        Verdict.BreakGlass => "given at once: an emergency",
    };

    public static string Of(ApproverRule rule) => rule switch
    {
        ApproverRule.TeamAdmin => "an admin of the team",
        ApproverRule.Manager => "the person's manager",
        ApproverRule.SourceOwner => "an owner of the source",
        ApproverRule.Named => "the people named",
    };

    public static string Of(AccessKind kind) => kind is AccessKind.OrgRole ? "Roles in the organization" : "Places on teams";

    /// <summary>"30 minutes", "8 hours", "3 days".</summary>
    public static string Time(int? minutes) => minutes switch
    {
        null => "without an end",
        _ when minutes % 1440 == 0 => Words.Count(minutes.Value / 1440, "day"),
        _ when minutes % 60 == 0 => Words.Count(minutes.Value / 60, "hour"),
        _ => Words.Count(minutes.Value, "minute"),
    };

    public static string Plain(long number) => number.ToString(CultureInfo.InvariantCulture);
}
