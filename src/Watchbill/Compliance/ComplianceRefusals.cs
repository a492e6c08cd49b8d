using Watchbill.Compliance.Actions;
using Watchbill.Compliance.Exceptions;
using Watchbill.Kernel;
using Watchbill.People.Identities;

namespace Watchbill.Compliance;

/// <summary>Every "no" that compliance may answer.</summary>
public static class ComplianceRefusals
{
    public static Refusal NoSuchCheck(string id) => new(RefusalKind.NotFound, "check-not-found", $"There is no check {id}. List them with: watchbill check list.");

    public static Refusal NoSuchRun(CheckRunId id) => new(RefusalKind.NotFound, "check-run-not-found", $"There is no run of checks {id}.");

    public static Refusal NotRun(string source) => new(RefusalKind.Conflict, "checks-not-run", $"The checks of {source} were not run yet. Run them with: watchbill check run {source}.");

    public static Refusal RunMeanwhile() => new(RefusalKind.Conflict, "checks-run-meanwhile", "The checks were run meanwhile, about a later instant; look at that run.");

    public static Refusal BadPage() => new(RefusalKind.Invalid, "results-page-invalid", "A page of results begins at 0 or later and holds 1 to 1,000 of them.");

    public static Refusal BadOutcome() => new(RefusalKind.Invalid, "check-outcome-invalid", "An outcome is pass, fail, not-evaluated, not-applicable or excepted.");

    public static Refusal BadResource() => new(RefusalKind.Invalid, "exception-resource-invalid", "Name the kind and the key of one resource as results list them, or neither for all resources of the check.");

    public static Refusal NoSuchParameter(string check, string name) => new(RefusalKind.NotFound, "check-parameter-not-found", $"The check {check} has no parameter {name}.");

    public static Refusal BadParameter(string name, string problem) => new(RefusalKind.Invalid, "check-parameter-invalid", $"{name} {problem}.");

    public static Refusal NoSuchException(CheckExceptionId id) => new(RefusalKind.NotFound, "exception-not-found", $"There is no exception {id}.");

    public static Refusal ExceptionNot(ExceptionState state) => new(
        RefusalKind.Conflict, "exception-not-open", $"This exception is {Word.Of(state)} already. Look at what it says now.");

    public static Refusal OwnException() => new(RefusalKind.Forbidden, "exception-own", "Whoever asks for an exception cannot approve it. Ask somebody else who manages compliance.");

    public static Refusal BadEnd(int days) => new(RefusalKind.Invalid, "exception-end-invalid", $"An exception ends between tomorrow and {days} days from now. It can be asked for again then.");

    public static Refusal NothingFails() => new(RefusalKind.Conflict, "exception-without-failure", "The check does not fail for this now; there is nothing to except.");

    public static Refusal SameException(CheckExceptionId id) => new(RefusalKind.Conflict, "exception-exists", $"Exception {id} covers the same already, or waits for a decision.");

    public static Refusal NoSuchAction(ComplianceActionId id) => new(RefusalKind.NotFound, "action-not-found", $"There is no action {id}.");

    public static Refusal ActionClosed() => new(RefusalKind.Conflict, "action-closed", "The action is closed. Reopen it first.");

    public static Refusal ActionNotOpen(ActionState state) => new(RefusalKind.Conflict, "action-not-so", $"The action is {Word.Of(state)} already. Look at what it says now.");

    public static Refusal ActionOfCheck() => new(
        RefusalKind.Conflict, "action-of-check", "A check opened this action, and closes it when it passes. Mend what fails, or ask for an exception on the page of the check.");

    public static Refusal ActionHasOwner() => new(RefusalKind.Conflict, "action-owner-same", "The action has this owner already.");

    public static Refusal BadActionOwner() => new(RefusalKind.Invalid, "action-owner-invalid", "Name an open account whose role lets it read access and ask for exceptions, or nobody.");

    public static Refusal BadActionTitle(int longest) => new(RefusalKind.Invalid, "action-title-invalid", $"Say in one line of 1 to {longest} characters what is to be done.");

    public static Refusal BadActionText(int longest) => new(RefusalKind.Invalid, "action-text-invalid", $"Write 1 to {longest:N0} characters.");

    public static Refusal BadActionDue(int days) => new(RefusalKind.Invalid, "action-due-invalid", $"An action is due after now and within {days} days.");

    public static Refusal BadActionLink() => new(RefusalKind.Invalid, "action-link-invalid", "A link to evidence begins with https:// or http://, has at most 2,000 characters and no user or password in it.");

    public static Refusal BadActionFile(IReadOnlyList<LineNote> errors) => new(
        RefusalKind.Invalid, "action-file-invalid", $"Nothing was opened. {string.Join(" ", errors.Select(static error => $"Line {error.Line}: {error.Sentence}"))}");

    public static Refusal BadActionState() => new(RefusalKind.Invalid, "action-state-invalid", "An action is open, in-progress or closed; its severity is low, medium, high or critical.");

    public static Refusal NoSuchArtifact(ArtifactId id) => new(RefusalKind.NotFound, "artifact-not-found", $"There is no artifact {id}.");

    public static Refusal ArtifactErased(ArtifactId id) => new(RefusalKind.Conflict, "artifact-erased", $"What artifact {id} held was erased; its hash and the reason are kept.");

    public static Refusal ArtifactChanged(ArtifactId id) => new(RefusalKind.Conflict, "artifact-changed", $"What lies under the hash of artifact {id} is not what was recorded. Somebody changed the database; restore it from a backup.");

    public static Refusal ArtifactHeld(bool isHeld) => new(RefusalKind.Conflict, "artifact-held", isHeld ? "The artifact is under a hold; release it first." : "The artifact is under no hold.");

    public static Refusal ArtifactKept(DateTimeOffset until) => new(RefusalKind.Conflict, "artifact-kept", $"The artifact was promised to be kept until {until:yyyy-MM-dd}.");

    public static Refusal OwnArtifact() => new(RefusalKind.Forbidden, "artifact-own", "Whoever recorded an artifact cannot erase it. Ask somebody else who manages compliance.");

    public static Refusal SameArtifact(ArtifactId id) => new(RefusalKind.Conflict, "artifact-exists", $"The same file is recorded already, as artifact {id}.");

    public static Refusal BadArtifactName(int longest) => new(RefusalKind.Invalid, "artifact-name-invalid", $"A file's name has 1 to {longest} characters, and no slashes or control characters.");

    public static Refusal BadArtifactSize(int megabytes) => new(RefusalKind.Invalid, "artifact-size-invalid", $"A file is not empty and has at most {megabytes} MB.");

    public static Refusal BadArtifactText(int longest) => new(RefusalKind.Invalid, "artifact-text-invalid", $"Say in 1 to {longest:N0} characters what the file shows; where it comes from has at most as many.");

    public static Refusal BadArtifactControl(string control) => new(RefusalKind.Invalid, "artifact-control-invalid", $"A control is named as framework:control, for example soc2-tsc-2017-rev2022:CC6.1; this is none: {control}.");

    public static Refusal BadArtifactTimes() => new(
        RefusalKind.Invalid, "artifact-times-invalid", "What a file shows was so before it was taken, both are not in the future, and it is kept until a day that is to come.");

    public static Refusal ArtifactHoldsSecret() => new(
        RefusalKind.Invalid, "artifact-holds-secret", "The file holds what looks like a token or a private key. Evidence is kept for years and handed to others: take it out, and revoke it if it was real.");

    public static Refusal NoSuchLine(long id) => new(RefusalKind.NotFound, "log-line-not-found", $"No line {id} of Sentry's audit log is kept.");

    public static Refusal BadLines(int most) => new(RefusalKind.Invalid, "log-lines-invalid", $"Name 1 to {most} lines of the audit log.");

    public static Refusal OwnLine(long id) => new(RefusalKind.Forbidden, "log-line-own", $"Line {id} tells of something that you did yourself. Somebody else must look at it.");

    public static Refusal NoSuchFramework(string id) => new(RefusalKind.NotFound, "framework-not-found", $"There is no framework {id}.");

    public static Refusal FrameworkNotOwn(string id) => new(RefusalKind.Conflict, "framework-not-own", $"{id} comes with Watchbill and stays. Only frameworks of your own can be replaced or removed.");

    public static Refusal VirusFound(string name) => new(RefusalKind.Invalid, "artifact-virus-found", $"The virus scanner found {name} in this file. It is not kept.");

    public static Refusal ScannerSilent() => new(
        RefusalKind.Unavailable, "virus-scanner-silent", "The virus scanner did not say that this file is clean, so it is not kept. Try again; if that does not help, tell whoever runs Watchbill.");

    public static Refusal NoneFollowed() => new(RefusalKind.Invalid, "frameworks-none-followed", "Tick one framework at least, or follow all.");

    public static Refusal OnlyFollowed(string id) => new(RefusalKind.Conflict, "framework-only-followed", $"{id} is the only framework that is followed. Follow others first, or all.");

    public static Refusal ManyFrameworks(int most) => new(RefusalKind.Conflict, "frameworks-too-many", $"There are {most} frameworks of your own already; remove one first.");

    public static Refusal BadFrameworkFile(IReadOnlyList<string> errors) => new(RefusalKind.Invalid, "framework-file-invalid", $"Nothing was changed. {string.Join(" ", errors)}");

    public static Refusal NoSuchControl(string framework, string id) => new(RefusalKind.NotFound, "control-not-found", $"The framework {framework} has no control {id}.");
}
