using Watchbill.Storage;

namespace Watchbill.Audit;

/// <summary>Rows outside the audit log whose digest an audit event holds: when the log is verified they are computed anew. One object serves one look.</summary>
internal interface ISealedRecord
{
    /// <summary>Takes an event that is as it was sealed, oldest first.</summary>
    void See(AuditEvent auditEvent);

    /// <summary>What is not as it was sealed, in sentences; empty when all is.</summary>
    Task<IReadOnlyList<string>> CompareAsync(ReadSession session, CancellationToken cancellationToken);
}
