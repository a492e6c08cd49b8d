using Watchbill.Audit;
using Watchbill.Kernel;

namespace Watchbill.People;

/// <summary>Reads the record of what was done in Watchbill, for whoever may.</summary>
public sealed class ReadAudit(AuditLog audit)
{
    /// <summary>Events, newest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is outside its range.</exception>
    public async Task<Result<IReadOnlyList<AuditEvent>>> RunAsync(AuditQuery query, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAudit) is { } refusal ? refusal : Result.Of(await audit.ListAsync(query, cancellationToken));
    }
}
