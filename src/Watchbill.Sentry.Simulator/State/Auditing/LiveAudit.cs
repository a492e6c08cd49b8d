namespace Watchbill.Sentry.Simulator.State.Auditing;

/// <summary>Rows written since the simulator started.</summary>
internal sealed class LiveAudit : IAuditSource
{
    private readonly List<AuditRow> rows = [];

    public int Count => rows.Count;

    public AuditHead Head(int index) => new(rows[index].DateCreated, rows[index].Event, rows[index].Actor.User?.Id);

    public AuditRow Row(int index) => rows[index];

    public void Append(AuditRow row) => rows.Add(row);
}
