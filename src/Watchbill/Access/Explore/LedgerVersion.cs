namespace Watchbill.Access.Explore;

/// <summary>
/// Tells whether the ledger of a connector is still what it was: every applied run moves a checkpoint, every failed read marks a scope stale.
/// </summary>
/// <param name="LastRun">The latest run that is in the ledger; null before the first.</param>
/// <param name="Scopes">How many scopes are known.</param>
/// <param name="Stale">How many of them are stale.</param>
/// <param name="LastStale">When the latest of them became so; null when none is.</param>
internal readonly record struct LedgerVersion(long? LastRun, int Scopes, int Stale, DateTimeOffset? LastStale);
