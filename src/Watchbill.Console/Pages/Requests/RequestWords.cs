using System.Globalization;
using Watchbill.Console.Shared;
using Watchbill.Requests;

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
