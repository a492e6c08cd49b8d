using Watchbill.Audit;
using Watchbill.Connectors.Preflight;
using Watchbill.Connectors.Sentry;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>What connecting came to.</summary>
/// <param name="Connector">The connector as it was saved.</param>
/// <param name="Preflight">What was found before.</param>
public sealed record Connected(Connector Connector, PreflightReport Preflight);

/// <summary>Saves a connector after asking Sentry whether it will work.</summary>
public sealed class ConnectSentry
{
    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly PreflightCheck _preflight;
    private readonly SecretVault _vault;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal ConnectSentry(Database database, ConnectorStore connectors, PreflightCheck preflight, SecretVault vault, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _connectors = connectors;
        _preflight = preflight;
        _vault = vault;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Probes, then saves. Blind spots do not prevent saving; a read that cannot work does, unless <paramref name="saveAnyway"/>.</summary>
    public async Task<Result<Connected>> RunAsync(ConnectInput input, bool saveAnyway, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManageConnectors) ?? ConnectInputCheck.Refuse(input)) is { } refusal)
        {
            return refusal;
        }

        var credentials = SentryCredentials.Parse(input.Address, input.Token);
        if (!credentials.Succeeded)
        {
            return credentials.Refusal!;
        }

        var request = new PreflightRequest(input.Address, input.OrganizationSlug, input.Token, input.AllowPrivateNetworks);
        var probed = await _preflight.RunAsync(request, caller, cancellationToken);
        if (!probed.Succeeded)
        {
            return probed.Refusal!;
        }

        var report = probed.Value;
        if (!report.CanConnect && !saveAnyway)
        {
            var failed = report.Probes.First(probe => probe.Outcome is ProbeOutcome.Failed);
            return SyncRefusals.PreflightFailed($"{failed.Evidence} {failed.Remedy}");
        }

        return await SaveAsync(NewRow(input, credentials.Value, report), report, caller.Actor, cancellationToken);
    }

    private async Task<Result<Connected>> SaveAsync(ConnectorRow row, PreflightReport report, Actor actor, CancellationToken cancellationToken)
    {
        var saved = await _database.InTransactionAsync<Result<ConnectorId>>(
            async transaction =>
            {
                if (await _connectors.NameIsTakenAsync(transaction, row.Name, cancellationToken))
                {
                    return SyncRefusals.NameTaken(row.Name);
                }

                var id = await _connectors.InsertAsync(transaction, row, cancellationToken);
                await _audit.AppendAsync(transaction, AuditEvents.Connected(id, row, actor), cancellationToken);
                return id;
            },
            cancellationToken);
        return saved.Succeeded
            ? new Connected((await _connectors.FindAsync(saved.Value, cancellationToken))!.ToConnector(), report)
            : saved.Refusal!;
    }

    private ConnectorRow NewRow(ConnectInput input, SentryCredentials credentials, PreflightReport report)
    {
        var now = _clock.GetUtcNow();
        return new ConnectorRow
        {
            Name = input.Name,
            Application = input.Application,
            Address = credentials.Address.AbsoluteUri,
            OrganizationSlug = input.OrganizationSlug,
            OrganizationId = report.OrganizationId,
            ProtectedToken = _vault.Protect(credentials.Token),
            TokenKind = credentials.TokenKind,
            TokenLastFour = credentials.TokenLastFour,
            BudgetShare = input.BudgetShare,
            AllowPrivateNetworks = input.AllowPrivateNetworks,
            State = ConnectorState.NotConnected,
            StateSince = now,
            CreatedAt = now,
            BlindSpots = report.BlindSpots.Count == 0 ? null : string.Join('\n', report.BlindSpots),
        };
    }
}
