using Watchbill.Kernel;

namespace Watchbill.Requests;

/// <summary>Every "no" that asking for access may answer.</summary>
public static class RequestRefusals
{
    public static Refusal NoSuchPolicy(RequestPolicyId id) => new(RefusalKind.NotFound, "policy-not-found", $"There is no policy {id}.");

    public static Refusal BadPolicy(string why) => new(RefusalKind.Invalid, "policy-invalid", why);

    public static Refusal BadPolicyFile(string why) => new(RefusalKind.Invalid, "policy-file-invalid", $"The policies were not read: {why}. Nothing was changed.");

    public static Refusal PolicyChangedMeanwhile() => new(
        RefusalKind.Conflict, "policy-changed-meanwhile", "Somebody else changed this policy since you opened it. Look at what it says now, then make your change again.");

    public static Refusal NoSuchRequest(AccessRequestId id) => new(RefusalKind.NotFound, "request-not-found", $"There is no request {id}, or it is not yours to see.");

    public static Refusal NoSuchGrant(TemporaryGrantId id) => new(RefusalKind.NotFound, "grant-not-found", $"There is no temporary grant {id}, or it is not yours to see.");

    public static Refusal NoPolicy() => new(
        RefusalKind.Forbidden, "request-without-policy", "No policy lets this person ask for this access. Ask whoever manages access to make one.");

    public static Refusal NotInSentry() => new(
        RefusalKind.Conflict, "requester-not-in-sentry", "Nobody in this Sentry organization has your address, or one of your other addresses in the directory; only members can get more access.");

    public static Refusal ForOthers() => new(RefusalKind.Forbidden, "request-for-others", "Only those who may change access ask for somebody else.");

    public static Refusal NotRead(string source) => new(RefusalKind.Conflict, "source-not-read", $"The source {source} was not read yet; sync it first.");

    public static Refusal AlreadyHeld(string what) => new(RefusalKind.Conflict, "access-already-held", $"Nothing to ask for: {what}");

    public static Refusal AlreadyAsked(AccessRequestId id) => new(RefusalKind.Conflict, "access-already-asked", $"The same was asked for already, as request {id}, and waits for an answer.");

    public static Refusal NoSuchRole(string role) => new(RefusalKind.Invalid, "request-role-unknown", $"There is no role {role} that could be given there.");

    public static Refusal BadReason(int shortest) => new(
        RefusalKind.Invalid, "request-reason-invalid", $"Say why, in {Math.Max(shortest, 1)} to 500 characters; those who decide read it, and it is kept.");

    public static Refusal BadTicket(string pattern) => new(RefusalKind.Invalid, "request-ticket-invalid", $"The policy asks for a ticket's number of the form {pattern}.");

    public static Refusal BadTime(int longest) => new(RefusalKind.Invalid, "request-time-invalid", $"The time is 5 minutes to {longest:N0} minutes, as the policy says.");

    public static Refusal BadStart() => new(RefusalKind.Invalid, "request-start-invalid", "It starts now, or within the next 90 days.");

    public static Refusal NoBreakGlass() => new(RefusalKind.Forbidden, "break-glass-not-allowed", "The policy gives nothing at once, not even in an emergency. Ask in the ordinary way.");

    public static Refusal NobodyDecides() => new(
        RefusalKind.Conflict, "request-without-approver",
        "Nobody is left who could decide: each step needs other people, and neither who asks nor who gets the access. Name more approvers in the policy, or give somebody a role that may change access.");

    public static Refusal Own() => new(RefusalKind.Forbidden, "own-request", "Nobody decides about access of their own, or that they asked for themselves.");

    public static Refusal NotYours() => new(RefusalKind.Forbidden, "request-not-yours", "Others were asked to decide in this step.");

    public static Refusal SpokenAlready() => new(RefusalKind.Conflict, "already-decided", "You decided in this request already; each step, and each yes, needs another person.");

    public static Refusal NotOpen(RequestState state) => new(RefusalKind.Conflict, "request-not-open", $"The request is {Word.Of(state)} already.");

    public static Refusal DenialNeedsReason() => new(RefusalKind.Invalid, "denial-reason-needed", "Whoever says no says why, in 1 to 500 characters.");

    public static Refusal NoEmergency() => new(RefusalKind.Conflict, "no-emergency", "There is no emergency here that somebody must still look at.");

    public static Refusal NoSuchDrift(AccessDriftId id) => new(RefusalKind.NotFound, "drift-not-found", $"There is no drift {id}.");

    public static Refusal DeadLink() => new(
        RefusalKind.NotFound, "answer-link-dead", "This link does not work, or not any more: the request was answered, was taken back or ran out. Sign in to see how it stands.");

    public static Refusal DriftOpen() => new(
        RefusalKind.Conflict, "drift-open", "Sentry shows something else there than what was granted. Whoever may change access decides first what becomes of it.");

    public static Refusal DriftNotOpen() => new(
        RefusalKind.Conflict, "drift-not-open", "Nothing is to be decided here any more: somebody decided, it is gone by now, or a change of this access is being made at this moment.");

    public static Refusal BadDays(int most) => new(RefusalKind.Invalid, "insight-days-invalid", $"How far to look back is 1 to {most} days.");

    public static Refusal NotActive() => new(RefusalKind.Conflict, "grant-not-active", "This grant has ended already.");
}
