using Watchbill.Cli.Output;
using Watchbill.Connectors;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary>How runs and their logs are shown.</summary>
internal static class RunSheets
{
    private static readonly IReadOnlyList<Column<SyncRun>> RunColumns =
    [
        new("run", "Run", static run => run.Id.Value),
        new("state", "State", static run => Word.Of(run.State)),
        new("mode", "Mode", static run => Word.Of(run.Mode)),
        new("startedAt", "Started", static run => run.StartedAt),
        new("finishedAt", null, static run => run.FinishedAt),
        new("seconds", "Took", static run => Seconds(run.FinishedAt - run.StartedAt)),
        new("requests", "Requests", static run => run.Requests),
        new("predictedRequests", null, static run => run.PredictedRequests),
        new("rows", "Rows", static run => run.Rows) { IsOptional = true },
        new("retries", "Retries", static run => run.Retries) { IsOptional = true },
        new("rateLimited", null, static run => run.RateLimited),
        new("opened", "Began", static run => run.Opened),
        new("closed", "Ended", static run => run.Closed),
        new("unlogged", "Not in Sentry's log", static run => run.Unlogged) { IsOptional = true },
        new("reason", "Reason", static run => run.Reason),
    ];

    private static readonly IReadOnlyList<Column<SyncScope>> ScopeColumns =
    [
        new("scope", "Scope", static scope => scope.Scope),
        new("outcome", "Outcome", static scope => Word.Of(scope.Outcome)),
        new("readAt", null, static scope => scope.ReadAt),
        new("seconds", "Took", static scope => Seconds(scope.Duration)),
        new("requests", "Requests", static scope => scope.Requests),
        new("rows", "Rows", static scope => scope.Rows),
        new("failure", "Failure", static scope => scope.FailureCode) { IsOptional = true },
        new("note", "Note", static scope => scope.Note),
    ];

    public static Sheet<SyncRun> List(IReadOnlyList<SyncRun> runs) => new(RunColumns, runs) { WhenEmpty = "No run yet. Start one with: watchbill sync" };

    public static Sheet<SyncScope> Finished(Connector connector, SyncRun run, IReadOnlyList<SyncScope> scopes) => new(ScopeColumns, scopes)
    {
        Headline = $"{connector.Name}: run {run.Id} {Sentence(run)}",
        About =
        [
            // "rows" is what the document calls the scopes.
            .. RunColumns.Select(column => (column.Key is "rows" ? "rowsRead" : column.Key, column.Of(run))),
            ("connector", connector.Name),
        ],
    };

    /// <summary>Whether somebody who watched the run should be told of the scope.</summary>
    public static bool IsNotable(SyncScope scope) => scope.Outcome is ScopeOutcome.Failed or ScopeOutcome.NotPermitted or ScopeOutcome.Held;

    private static string Sentence(SyncRun run)
    {
        var reason = run.Reason is { } text ? $" ({text.TrimEnd('.')})" : "";
        var took = run.FinishedAt is { } end ? $" in {(end - run.StartedAt).TotalSeconds:0.0} s" : "";
        var planned = run.PredictedRequests is { } predicted ? $" ({predicted:N0} planned)" : "";
        var trouble = run.Retries + run.RateLimited == 0 ? "" : $", {run.Retries:N0} sent again, {run.RateLimited:N0} rate-limited";
        var unlogged = run is { Mode: SyncMode.Full, Unlogged: > 0 } ? $" {Listing.Count(run.Unlogged.Value, "change")} in no line of Sentry's audit log." : "";
        return $"{(run.Mode is SyncMode.Incremental ? "incremental, " : "")}{Word.Of(run.State).Replace('-', ' ')}{reason}{took}: {Listing.Count(run.Requests, "request")}{planned}{trouble}, "
            + $"{Listing.Count(run.Rows, "row")}; {Listing.Count(run.Opened, "fact")} began, {run.Closed:N0} ended.{unlogged}";
    }

    private static Cell Seconds(TimeSpan? duration) => duration is { } took ? Math.Round(took.TotalSeconds, 2) : default(Cell);
}
