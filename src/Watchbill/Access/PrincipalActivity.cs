using Watchbill.Kernel;

namespace Watchbill.Access;

/// <summary>
/// When a principal was last seen to do anything, as the last read told. One row per principal, overwritten, without history:
/// it changes with every visit and would otherwise drown the ledger.
/// </summary>
public sealed class PrincipalActivity
{
    /// <summary>The connector.</summary>
    public ConnectorId ConnectorId { get; set; }

    /// <summary>The member id, or a non-human principal's key.</summary>
    public required string PrincipalKey { get; init; }

    /// <summary>Last activity in Sentry; null when never or not told.</summary>
    public DateTimeOffset? LastActive { get; init; }

    /// <summary>Last sign-in; null when never or not told, and for principals that do not sign in.</summary>
    public DateTimeOffset? LastLogin { get; init; }

    /// <summary>The read that told it.</summary>
    public DateTimeOffset ObservedAt { get; set; }
}
