namespace Watchbill.Sentry.Simulator.Generation.Evidence;

/// <summary>The words that generated evidence is made of.</summary>
internal static class EvidenceNames
{
    public const string Production = "production";
    public const string Staging = "staging";

    public static IReadOnlyList<string> Environments { get; } = [Production, Staging, "development", "load-test"];

    public static IReadOnlyList<string> Repositories { get; } = ["services", "web", "mobile", "infrastructure", "shared-libraries"];

    public static IReadOnlyList<string> CommitVerbs { get; } = ["fix", "feat", "refactor", "chore", "perf", "test"];

    public static IReadOnlyList<string> CommitSubjects { get; } =
    [
        "retry the settlement call", "show totals before tax", "drop the old session table", "cache rates for an hour", "validate the address form",
        "raise the upload limit", "log the request id", "sort results by date", "close idle connections", "translate the receipt mail",
    ];

    public static IReadOnlyList<(string Type, string Value)> Errors { get; } =
    [
        ("TimeoutError", "upstream did not answer in 30 s"), ("KeyError", "'customer_id'"), ("NullReferenceException", "Object reference not set to an instance of an object."),
        ("TypeError", "undefined is not a function"), ("ConnectionRefusedError", "connect ECONNREFUSED 192.0.2.10:5432"), ("ValidationError", "amount must be positive"),
        ("IntegrityError", "duplicate key value violates unique constraint"), ("OutOfMemoryError", "Java heap space"), ("PermissionError", "access to the ledger is denied"),
        ("DeadlockDetected", "deadlock detected"),
    ];

    public static IReadOnlyList<string> Culprits { get; } =
        ["settle_batch", "GET /orders/:id", "render_receipt", "CheckoutController.Pay", "sync_inventory", "POST /login", "load_rates", "ReportJob.run"];

    public static IReadOnlyList<string> Browsers { get; } = ["Chrome 126.0", "Firefox 127.0", "Safari 17.5", "Edge 126.0"];

    public static IReadOnlyList<string> Systems { get; } = ["Windows 11", "macOS 14.5", "Android 14", "iOS 17.5", "Linux"];
}
