using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Requests.Insight;

/// <summary>The SQL of insight.</summary>
internal static class InsightStore
{
    /// <summary>What was asked for since an instant, and when it was proven to be there.</summary>
    public static Task<List<AskedRow>> AskedAsync(DatabaseSession session, DateTimeOffset since, CancellationToken cancellationToken) =>
        session.Connection.GetTable<AccessRequestRow>().Where(row => row.RequestedAt >= since)
            .LeftJoin(
                session.Connection.GetTable<GrantRow>(), static (request, grant) => request.Id == grant.RequestId,
                static (request, grant) => new AskedRow
                {
                    Connector = request.ConnectorId,
                    Policy = request.PolicyId,
                    PolicyName = request.PolicyName,
                    Member = request.Member,
                    MemberName = request.MemberName,
                    State = request.State,
                    IsBreakGlass = request.IsBreakGlass,
                    WasJustified = request.WasJustified,
                    StartsAt = request.StartsAt,
                    RequestedAt = request.RequestedAt,
                    DecidedAt = request.DecidedAt,
                    ProvenAt = grant!.ProvenAt,
                })
            .ToListAsync(cancellationToken);
}

/// <summary>What insight needs of a request.</summary>
internal sealed record AskedRow
{
    public ConnectorId Connector { get; init; }

    public RequestPolicyId Policy { get; init; }

    public required string PolicyName { get; init; }

    public required string Member { get; init; }

    public required string MemberName { get; init; }

    public RequestState State { get; init; }

    public bool IsBreakGlass { get; init; }

    public bool? WasJustified { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public DateTimeOffset? ProvenAt { get; init; }
}
