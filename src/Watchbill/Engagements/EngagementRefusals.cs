using Watchbill.Kernel;

namespace Watchbill.Engagements;

/// <summary>Every "no" that engagements may answer.</summary>
public static class EngagementRefusals
{
    /// <summary>Also what those hear whom it does not name: they do not learn that it is there.</summary>
    public static Refusal NoSuchEngagement(EngagementId id) => new(RefusalKind.NotFound, "engagement-not-found", $"There is no engagement {id} that you may enter.");

    public static Refusal BadName(int longest) => new(RefusalKind.Invalid, "engagement-name-invalid", $"The name of an engagement, and of who audits, has 1 to {longest} characters on one line.");

    public static Refusal BadPeriod(int days) => new(RefusalKind.Invalid, "engagement-period-invalid", $"The period begins before it ends and now, and has at most {days:N0} days.");

    public static Refusal BadSources(int most) => new(RefusalKind.Invalid, "engagement-sources-invalid", $"An engagement is about 1 to {most} sources that are there.");

    public static Refusal BadAuditors(int most) => new(RefusalKind.Invalid, "engagement-auditors-invalid", $"Name 1 to {most} open accounts whose role lets them enter engagements, for example External Auditor.");

    public static Refusal BadEnd(int days) => new(RefusalKind.Invalid, "engagement-end-invalid", $"The access of auditors ends after now and within {days} days.");

    public static Refusal Closed() => new(RefusalKind.Conflict, "engagement-closed", "The engagement is closed; nothing is changed in it any more.");

    public static Refusal OutOfScope(string what) => new(RefusalKind.NotFound, "engagement-out-of-scope", $"The engagement is not about {what}.");

    public static Refusal NotAuditor() => new(RefusalKind.Forbidden, "engagement-auditor-only", "Only the auditors of the engagement may do that.");

    public static Refusal NoSuchRequest(int number) => new(RefusalKind.NotFound, "evidence-request-not-found", $"The engagement has no request {number}.");

    public static Refusal BadRequest(int title, int text) => new(RefusalKind.Invalid, "evidence-request-invalid", $"A request has a title of 1 to {title} characters on one line and a text of 1 to {text:N0}.");

    public static Refusal BadRequestFile(IReadOnlyList<string> errors) => new(RefusalKind.Invalid, "evidence-request-file-invalid", $"Nothing was asked. {string.Join(" ", errors)}");

    public static Refusal BadText(int longest) => new(RefusalKind.Invalid, "engagement-text-invalid", $"Write 1 to {longest:N0} characters.");

    public static Refusal ManyRequests(int most) => new(RefusalKind.Conflict, "evidence-requests-too-many", $"The engagement has {most:N0} requests already.");

    public static Refusal RequestNot(EvidenceRequestState state) => new(RefusalKind.Conflict, "evidence-request-not-so", $"The request is {Word.Of(state)} now. Look at what it says.");

    public static Refusal NoRun() => new(RefusalKind.Conflict, "engagement-without-run", "The checks of this source were not run before the end of the period.");
}
