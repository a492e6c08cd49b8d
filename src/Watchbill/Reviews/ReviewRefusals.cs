using Watchbill.Kernel;

namespace Watchbill.Reviews;

/// <summary>Every "no" that reviews may answer.</summary>
public static class ReviewRefusals
{
    public static Refusal NoSuchCampaign(CampaignId id) => new(RefusalKind.NotFound, "campaign-not-found", $"There is no access review {id}, or it is not yours to see.");

    public static Refusal BadPlan(string why) => new(RefusalKind.Invalid, "campaign-invalid", why);

    public static Refusal NotNow(CampaignState state, string wanted) => new(
        RefusalKind.Conflict, "campaign-state-forbids", $"That needs a review that is {wanted}; this one is {Word.Of(state)}.");

    public static Refusal NotFresh(string why) => new(RefusalKind.Conflict, "review-not-fresh", $"The review was not started: {why} Sync the source and start again.");

    public static Refusal NothingInScope() => new(RefusalKind.Conflict, "review-scope-empty", "The review was not started: no grant is in its scope.");

    public static Refusal TooMany(int items) => new(RefusalKind.Invalid, "review-too-large", $"The scope holds {items:N0} grants; a review takes at most {StartCampaign.MostItems:N0}. Narrow it.");

    public static Refusal NoOtherReviewer(string name) => new(
        RefusalKind.Conflict, "review-without-other-reviewer",
        $"In some stage nobody is left who can review the access of {name}: each stage needs another person, and none may be the person in question. Name more reviewers, or a second fallback.");

    public static Refusal OtherStage(ReviewItemId item) => new(
        RefusalKind.Conflict, "review-other-stage", $"This account reviews item {item} in another stage; each stage needs another person.");

    public static Refusal NoReviewer(string name) => new(
        RefusalKind.Conflict, "review-without-reviewer",
        $"The review was not started: nobody may review the access of {name}, because everybody who could is that person. Name a second fallback.");

    public static Refusal NoSuchItem(ReviewItemId id) => new(RefusalKind.NotFound, "review-item-not-found", $"The review has no item {id}, or it is not yours; nothing was kept.");

    public static Refusal NotYours(ReviewItemId id) => new(RefusalKind.Forbidden, "review-item-not-yours", $"Somebody else reviews item {id}; nothing was kept.");

    public static Refusal OwnAccess(ReviewItemId id) => new(RefusalKind.Forbidden, "review-own-access", $"Item {id} is about your own access, which you cannot review; nothing was kept.");

    public static Refusal AlreadySubmitted(ReviewItemId id) => new(RefusalKind.Conflict, "review-item-submitted", $"Item {id} was submitted and is final; nothing was kept.");

    public static Refusal NeedsReason(ReviewItemId id) => new(
        RefusalKind.Invalid, "review-reason-needed", $"Item {id} needs a reason of 1 to 500 characters: everything but keeping ordinary access does. Nothing was kept.");

    public static Refusal BadDecision(ReviewItemId id, string why) => new(RefusalKind.Invalid, "review-decision-invalid", $"Item {id}: {why} Nothing was kept.");

    public static Refusal NothingToDecide() => new(RefusalKind.Invalid, "review-decisions-missing", $"Send 1 to {DecideItems.MostAtOnce:N0} decisions at once.");

    public static Refusal NothingToGive() => new(RefusalKind.Invalid, "review-items-missing", $"Choose 1 to {ReassignItems.MostAtOnce:N0} items to give to somebody else.");

    public static Refusal AlreadyTheirs(ReviewItemId id) => new(RefusalKind.Conflict, "review-item-already-theirs", $"Item {id} is with this reviewer already; choose somebody else.");

    public static Refusal NothingToSubmit() => new(RefusalKind.Conflict, "review-nothing-to-submit", "You have no decision that waits to be submitted.");

    public static Refusal NeedsAccount() => new(
        RefusalKind.Forbidden, "review-needs-account", "A decision needs the account of the reviewer: sign in, or use your API token. Who is at the command line of the machine cannot be told from the person in question.");

    public static Refusal BadAbsence() => new(RefusalKind.Invalid, "absence-invalid", "An absence ends after it begins, in the future, and lasts at most a year.");

    public static Refusal BadStandIn() => new(RefusalKind.Invalid, "stand-in-invalid", "A stand-in is another person with an active account of Watchbill; give the address of their account.");

    public static Refusal BadReviewer() => new(RefusalKind.Invalid, "reviewer-invalid", "A reviewer, an owner or a fallback is an active account of Watchbill; choose another.");

    public static Refusal LeftOver(int escalated) => new(
        RefusalKind.Conflict, "review-left-over", $"{escalated:N0} {(escalated == 1 ? "item needs" : "items need")} a person. Deal with them, or complete the review with a reason that says why they stay.");

    public static Refusal StillChanging(int changing) => new(
        RefusalKind.Conflict, "review-still-changing", $"{changing:N0} {(changing == 1 ? "change is" : "changes are")} still being made in Sentry; wait for their proof.");
}
