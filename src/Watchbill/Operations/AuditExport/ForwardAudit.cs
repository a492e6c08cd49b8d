using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Operations.AuditExport;

/// <summary>
/// Hands audit events on as they are sealed, each at least once and in order. How far each outlet is stands in the database; one process at a time has an outlet, and another one takes it over when that
/// gives no sign of life.
/// </summary>
public sealed class ForwardAudit : IDisposable
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly Database _database;
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<IAuditOutlet> _outlets;
    private readonly string _owner = ProcessName.Current();

    internal ForwardAudit(Database database, AuditOutletOptions options, TimeProvider clock)
    {
        _database = database;
        _clock = clock;
        _outlets =
        [
            .. options.Syslog is { } syslog ? [new SyslogOutlet(syslog)] : Array.Empty<IAuditOutlet>(),
            .. options.Webhook is { } webhook ? [new WebhookOutlet(webhook, options.WebhookAuthorization)] : Array.Empty<IAuditOutlet>(),
        ];
    }

    /// <summary>Hands on what is there, to every outlet that this process has or gets.</summary>
    /// <exception cref="AggregateException">One or more outlets did not take what they got; it is sent again.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<Exception> troubles = [];
        foreach (var outlet in _outlets)
        {
            try
            {
                while (await StepAsync(outlet, cancellationToken))
                {
                    // A full batch may have left more.
                }
            }
            catch (IOException trouble)
            {
                troubles.Add(trouble);
            }
        }

        if (troubles.Count > 0)
        {
            throw new AggregateException(troubles);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var outlet in _outlets.OfType<IDisposable>())
        {
            outlet.Dispose();
        }
    }

    private async Task<bool> StepAsync(IAuditOutlet outlet, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var wanted = new ForwardRow { Outlet = outlet.Name, Owner = _owner, LeaseUntil = now + Lease };
        var held = await _database.InTransactionAsync(
            async transaction =>
            {
                await Database.LockAsync(transaction, $"audit outlet {outlet.Name}", cancellationToken);
                return await ForwardStore.ClaimAsync(transaction, wanted, now, cancellationToken);
            },
            cancellationToken);
        if (held is null)
        {
            return false;
        }

        List<SealedEvent> events;
        await using (var session = _database.OpenRead())
        {
            events = await ForwardStore.EventsAsync(session, held.Next, AtOnce, cancellationToken);
        }

        if (events.Count == 0)
        {
            return false;
        }

        await outlet.SendAsync(events, cancellationToken);
        var advanced = await _database.InTransactionAsync(transaction => ForwardStore.TryAdvanceAsync(transaction, held, events[^1].Index + 1, CancellationToken.None), CancellationToken.None);
        return advanced && events.Count == AtOnce;
    }
}
