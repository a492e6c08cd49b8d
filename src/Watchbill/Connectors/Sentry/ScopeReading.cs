using Watchbill.Access;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// What came of reading one scope: an observation when it was read to its proven end, otherwise why not. Never both, never a part.
/// </summary>
internal sealed record ScopeReading
{
    public required string Scope { get; init; }

    public required DateTimeOffset ReadAt { get; init; }

    public TimeSpan Duration { get; init; }

    public int Requests { get; init; }

    /// <summary>The complete read; null when it failed.</summary>
    public Observation? Observation { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public ScopeFailure? Failure { get; init; }

    /// <summary>Something to know although it did not fail, in one sentence.</summary>
    public string? Note { get; init; }
}

/// <summary>Why a scope could not be read completely.</summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Sentence">What went wrong and what to do, without secrets.</param>
/// <param name="Effect">What it means for the rest of the run.</param>
internal sealed record ScopeFailure(string Code, string Sentence, FailureEffect Effect = FailureEffect.ThisScope);

/// <summary>How far a failure reaches.</summary>
internal enum FailureEffect
{
    /// <summary>Only this scope could not be read.</summary>
    ThisScope,

    /// <summary>The credentials may not read this scope, or this Sentry does not have it.</summary>
    NotPermitted,

    /// <summary>Nothing can be read any more: the token is no longer valid, Sentry is not reachable.</summary>
    WholeRun,
}
