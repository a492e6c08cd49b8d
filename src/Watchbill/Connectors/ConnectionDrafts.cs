using System.Text.Json;
using Watchbill.Connectors.Preflight;
using Watchbill.Connectors.Sentry;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>
/// Tries a connection out and remembers it for half an hour, so that somebody can read what was found before they save it. The token stays here,
/// encrypted; it is not shown again.
/// </summary>
public sealed class ConnectionDrafts
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    private readonly ConnectionDraftStore _drafts;
    private readonly ConnectorStore _connectors;
    private readonly OwnerNotices _owners;
    private readonly PreflightCheck _preflight;
    private readonly SecretVault _vault;
    private readonly TimeProvider _clock;

    internal ConnectionDrafts(
        ConnectionDraftStore drafts, ConnectorStore connectors, OwnerNotices owners, PreflightCheck preflight, SecretVault vault, TimeProvider clock)
    {
        _drafts = drafts;
        _connectors = connectors;
        _owners = owners;
        _preflight = preflight;
        _vault = vault;
        _clock = clock;
    }

    /// <summary>Probes a connection that does not exist yet.</summary>
    /// <param name="input">What was entered; an empty token takes the one of <paramref name="previous"/>.</param>
    /// <param name="previous">The draft that is being corrected; null for none.</param>
    /// <param name="caller">Who tries it out; only they can go on with it.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<Result<ConnectionDraft>> TryAsync(ConnectInput input, string? previous, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManageConnectors) ?? ConnectInputCheck.Refuse(input) ?? await _owners.RefuseAsync(input.Owners, cancellationToken)) is { } refusal)
        {
            return refusal;
        }

        if (input.Token.Length == 0 && previous is not null)
        {
            var before = await FindRowAsync(previous, caller, cancellationToken);
            if (!before.Succeeded)
            {
                return before.Refusal!;
            }

            input = input with { Token = _vault.Unprotect(before.Value.ProtectedToken) };
        }

        return await ProbeAsync(input, connector: null, caller, cancellationToken);
    }

    /// <summary>Probes a new token for a connector.</summary>
    public async Task<Result<ConnectionDraft>> TryTokenAsync(ConnectorId connector, string token, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageConnectors) is { } refusal)
        {
            return refusal;
        }

        if (await _connectors.FindAsync(connector, cancellationToken) is not { } row)
        {
            return SyncRefusals.NoSuchConnector(connector.ToString());
        }

        var input = new ConnectInput
        {
            Name = row.Name,
            Application = row.Application,
            Address = row.Address,
            OrganizationSlug = row.OrganizationSlug,
            Token = token,
            BudgetShare = row.BudgetShare,
            AllowPrivateNetworks = row.AllowPrivateNetworks,
            Schedule = row.Schedule,
        };
        return await ProbeAsync(input, connector, caller, cancellationToken);
    }

    /// <summary>What was tried out, by the same caller, at most half an hour ago.</summary>
    public async Task<Result<ConnectionDraft>> FindAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var found = await FindRowAsync(id, caller, cancellationToken);
        return found.Succeeded ? found.Value.ToDraft() : found.Refusal!;
    }

    internal async Task<Result<ConnectionDraftRow>> FindRowAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageConnectors) is { } refusal)
        {
            return refusal;
        }

        return DraftKey.IsWellFormed(id) && await _drafts.FindAsync(id, caller.Key, _clock.GetUtcNow(), cancellationToken) is { } row ? row : SyncRefusals.NoSuchDraft();
    }

    internal Task DropAsync(string id, CancellationToken cancellationToken) => _drafts.DeleteAsync(id, cancellationToken);

    private async Task<Result<ConnectionDraft>> ProbeAsync(ConnectInput input, ConnectorId? connector, Caller caller, CancellationToken cancellationToken)
    {
        var credentials = SentryCredentials.Parse(input.Address, input.Token);
        if (!credentials.Succeeded)
        {
            return credentials.Refusal!;
        }

        var request = new PreflightRequest(input.Address, input.OrganizationSlug, input.Token, input.AllowPrivateNetworks);
        var report = await _preflight.RunAsync(request, caller, cancellationToken);
        if (!report.Succeeded)
        {
            return report.Refusal!;
        }

        var now = _clock.GetUtcNow();
        await _drafts.DeleteExpiredAsync(now, cancellationToken);
        var row = new ConnectionDraftRow
        {
            Id = DraftKey.Create(),
            ConnectorId = connector?.Value,
            Actor = caller.Key,
            ExpiresAt = now + Kept,
            ProtectedToken = _vault.Protect(credentials.Value.Token),
            TokenKind = credentials.Value.TokenKind,
            TokenLastFour = credentials.Value.TokenLastFour,
            Details = JsonSerializer.Serialize(WithoutToken(input), DraftJson.Default.ConnectorDetails),
            Report = JsonSerializer.Serialize(report.Value, DraftJson.Default.PreflightReport),
        };
        await _drafts.InsertAsync(row, cancellationToken);
        return row.ToDraft();
    }

    /// <summary>A new record: a copy of the input would still be one with a token.</summary>
    private static ConnectorDetails WithoutToken(ConnectInput input) => new()
    {
        Name = input.Name,
        Application = input.Application,
        Address = input.Address,
        OrganizationSlug = input.OrganizationSlug,
        BudgetShare = input.BudgetShare,
        AllowPrivateNetworks = input.AllowPrivateNetworks,
        Schedule = input.Schedule,
        Owners = input.Owners,
    };
}
