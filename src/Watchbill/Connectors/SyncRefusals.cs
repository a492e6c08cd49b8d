using Watchbill.Kernel;

namespace Watchbill.Connectors;

/// <summary>Every "no" that connecting and syncing may answer.</summary>
public static class SyncRefusals
{
    public static Refusal NoSuchConnector(string nameOrId) => new(
        RefusalKind.NotFound, "connector-not-found", $"There is no source named {nameOrId}. List them with: watchbill connectors list.");

    public static Refusal NameTaken(string name) => new(
        RefusalKind.Conflict, "connector-name-taken", $"A source named {name} exists already. Choose another name, or rotate its token instead.");

    public static Refusal BadName() => new(
        RefusalKind.Invalid, "connector-name-invalid", "A source's name is 1 to 100 letters, digits, spaces, dots, dashes or underscores, and begins with a letter or digit.");

    public static Refusal BadApplication() => new(
        RefusalKind.Invalid, "application-name-invalid", "An application's name follows the same rules as a source's name.");

    public static Refusal PreflightFailed(string why) => new(
        RefusalKind.Unavailable, "preflight-failed", $"Nothing was saved, because a sync could not read the organization: {why}");

    public static Refusal BadSlug() => new(
        RefusalKind.Invalid, "organization-slug-invalid",
        "An organization's slug is 1 to 100 lower-case letters, digits, dashes or underscores: the part after /organizations/ in Sentry's address bar.");

    public static Refusal BadAddress(string reason) => new(RefusalKind.Invalid, "address-invalid", reason);

    public static Refusal BadToken(string reason) => new(RefusalKind.Invalid, "token-invalid", reason);

    public static Refusal BadBudgetShare() => new(
        RefusalKind.Invalid, "budget-share-invalid", "The share of Sentry's rate limit is a number from 0.05 to 1.");

    public static Refusal BadSchedule() => new(
        RefusalKind.Invalid, "schedule-invalid",
        "A schedule is manual, live, hourly, every-6-hours, daily-at-H with an hour from 0 to 23, or cron: with five fields (minute, hour, day, month, weekday) in UTC, for example cron:0 3 * * 1-5.");

    public static Refusal ScheduleTooDense() => new(
        RefusalKind.Invalid, "schedule-too-dense", "A source is read every 15 minutes at most; choose a schedule with longer pauses.");

    public static Refusal TooManyOwners() => new(RefusalKind.Invalid, "too-many-owners", "A source has at most 20 owners.");

    public static Refusal BadOwner() => new(
        RefusalKind.Invalid, "owner-invalid", "An owner is somebody with an open account who may manage sources; one of those chosen is not, or not any more.");

    public static Refusal ChangedMeanwhile(string name) => new(
        RefusalKind.Conflict, "connector-changed-meanwhile", $"Somebody else changed the source {name} since you opened it. Look at what it says now, then make your change again.");

    public static Refusal PlaceIsFixed(string name) => new(
        RefusalKind.Conflict, "connector-place-fixed",
        $"The source {name} was read already: its address and organization cannot change any more. Connect the other organization as a source of its own.");

    public static Refusal OtherOrganization(string name) => new(
        RefusalKind.Conflict, "token-of-other-organization", $"This token reads another organization than the one that the source {name} has read so far.");

    public static Refusal NoSuchDraft() => new(
        RefusalKind.NotFound, "draft-not-found", "What was tried out is kept for 30 minutes, for the person who tried it. Enter it again.");

    public static Refusal AlreadyRequested(string name) => new(
        RefusalKind.Conflict, "sync-already-requested", $"A sync of {name} was asked for already and starts in a moment.");

    public static Refusal NoToken(string name) => new(
        RefusalKind.Conflict, "connector-has-no-token", $"The source {name} has no token yet. Give it one with: watchbill connectors rotate-token.");

    /// <summary>The code of <see cref="AlreadyRunning"/>, for whoever waits until it is over.</summary>
    internal const string AlreadyRunningCode = "sync-already-running";

    public static Refusal AlreadyRunning(SyncRunId run, DateTimeOffset since) => new(
        RefusalKind.Conflict, "sync-already-running", $"Run {run} has been reading since {since:yyyy-MM-dd HH:mm:ss} UTC. Wait for it to end.");

    public static Refusal TakenOver(SyncRunId run) => new(
        RefusalKind.Conflict,
        "sync-taken-over",
        $"Another process took run {run} over, because this one was silent for too long (the machine slept, or the database was out of reach). What it reads counts and nothing was written here; look at the runs to follow it.");

    public static Refusal NotNow(ConnectorState state, string name) => new(
        RefusalKind.Conflict,
        state is ConnectorState.Paused ? "connector-paused" : "connector-needs-confirmation",
        state is ConnectorState.Paused
            ? $"The source {name} is paused. Resume it with: watchbill connectors resume."
            : $"A run of {name} waits for a decision. Look at it with: watchbill runs list and runs difference, then confirm or reject it.");

    public static Refusal NotPaused(string name) => new(RefusalKind.Conflict, "connector-not-paused", $"The source {name} is not paused.");

    public static Refusal CannotPause(string name) => new(
        RefusalKind.Conflict, "connector-cannot-pause", $"The source {name} is syncing or waits for a decision; it can be paused afterwards.");

    public static Refusal NoSuchRun(SyncRunId run) => new(RefusalKind.NotFound, "run-not-found", $"There is no run {run}.");

    public static Refusal RunNotHeld(SyncRunId run) => new(
        RefusalKind.Conflict, "run-not-held", $"Run {run} does not wait for a decision; somebody may have decided already.");

    /// <summary>What is wrong with a reason that is kept for ever; null when it will do.</summary>
    internal static Refusal? BadReason(string reason) => !OneLine.Fits(reason, 500) ? ReasonNeeded() : null;

    public static Refusal ReasonNeeded() => new(
        RefusalKind.Invalid, "reason-needed", "Say why, in 1 to 500 characters; the reason is kept in the audit log.");
}
