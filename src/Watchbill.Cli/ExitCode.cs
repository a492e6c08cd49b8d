using Watchbill.Connectors;
using Watchbill.Kernel;

namespace Watchbill.Cli;

/// <summary>What the process ends with. Scripts depend on these numbers; they never change their meaning.</summary>
internal enum ExitCode
{
    /// <summary>Done, completely.</summary>
    Ok = 0,

    /// <summary>Something unexpected: a bug, or a database that cannot be used.</summary>
    Unexpected = 1,

    /// <summary>The command line, a file or an answer to a prompt is wrong.</summary>
    BadInput = 2,

    /// <summary>Watchbill refused: not allowed, or not possible in this state.</summary>
    Refused = 3,

    /// <summary>What was named does not exist.</summary>
    NotFound = 4,

    /// <summary>Sentry refused or could not be reached.</summary>
    SentryFailed = 5,

    /// <summary>Some of it is missing: a run that left scopes stale.</summary>
    Incomplete = 6,

    /// <summary>A run waits for somebody to confirm or reject it.</summary>
    NeedsConfirmation = 7,

    /// <summary>Checks were run, and some fail.</summary>
    ChecksFail = 8,

    /// <summary>What was written down is not as it was written.</summary>
    Tampered = 9,

    /// <summary>Stopped by the person at the keyboard or by the operating system.</summary>
    Cancelled = 130,
}

/// <summary>The one place that says which end a refusal or a run leads to.</summary>
internal static class ExitCodes
{
    /// <summary>The texts of <c>--help</c> and of the reference.</summary>
    public static IReadOnlyList<(ExitCode Code, string Meaning)> All { get; } =
    [
        (ExitCode.Ok, "done, completely"),
        (ExitCode.Unexpected, "something unexpected: a bug, or a database that cannot be used"),
        (ExitCode.BadInput, "the command line, a file or an answer to a prompt is wrong"),
        (ExitCode.Refused, "refused: not allowed, or not possible in this state"),
        (ExitCode.NotFound, "what was named does not exist"),
        (ExitCode.SentryFailed, "Sentry, or the server, refused or could not be reached"),
        (ExitCode.Incomplete, "incomplete: a sync left scopes stale, or --require-complete met stale scopes"),
        (ExitCode.NeedsConfirmation, "a sync run waits to be confirmed or rejected"),
        (ExitCode.ChecksFail, "checks were run, and some fail at or above --fail-on"),
        (ExitCode.Tampered, "the evidence log, an audit event or an evidence pack is not as it was written"),
        (ExitCode.Cancelled, "cancelled"),
    ];

    public static ExitCode Of(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Invalid => ExitCode.BadInput,
        RefusalKind.NotFound => ExitCode.NotFound,
        RefusalKind.Forbidden => ExitCode.Refused,
        RefusalKind.Conflict => ExitCode.Refused,
        RefusalKind.Unavailable => ExitCode.SentryFailed,
        RefusalKind.TooMany => ExitCode.Refused,
    };

    public static ExitCode Of(SyncRunState state) => state switch
    {
        SyncRunState.Succeeded => ExitCode.Ok,
        SyncRunState.Degraded => ExitCode.Incomplete,
        SyncRunState.Failed => ExitCode.SentryFailed,
        SyncRunState.NeedsConfirmation => ExitCode.NeedsConfirmation,
        SyncRunState.Running => ExitCode.Incomplete,
        SyncRunState.Rejected => ExitCode.Refused,
        SyncRunState.Interrupted => ExitCode.Incomplete,
    };

    /// <summary>The end of several runs: the gravest one decides, and trouble outweighs a question.</summary>
    public static ExitCode Gravest(IEnumerable<ExitCode> codes) => codes.DefaultIfEmpty(ExitCode.Ok).MaxBy(Gravity);

    private static int Gravity(ExitCode code) => code switch
    {
        ExitCode.Ok => 0,
        ExitCode.NeedsConfirmation => 1,
        ExitCode.Incomplete => 2,
        _ => 3,
    };
}
