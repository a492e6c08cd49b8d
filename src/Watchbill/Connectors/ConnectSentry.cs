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
    private readonly ConnectorWriter _writer;
    private readonly PreflightCheck _preflight;
    private readonly ConnectionDrafts _drafts;
    private readonly SecretVault _vault;
    private readonly TimeProvider _clock;

    internal ConnectSentry(ConnectorWriter writer, PreflightCheck preflight, ConnectionDrafts drafts, SecretVault vault, TimeProvider clock)
    {
        _writer = writer;
        _preflight = preflight;
        _drafts = drafts;
        _vault = vault;
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
        var report = await _preflight.RunAsync(request, caller, cancellationToken);
        if (!report.Succeeded)
        {
            return report.Refusal!;
        }

        var found = credentials.Value;
        var token = new KeptToken(_vault.Protect(found.Token), found.TokenKind, found.TokenLastFour);
        return await SaveAsync(new Tried(input, token, report.Value), saveAnyway, caller, cancellationToken);
    }

    /// <summary>Saves what was tried out with <see cref="ConnectionDrafts"/>, with the findings of then.</summary>
    /// <param name="draftId">The draft; it is used up.</param>
    /// <param name="saveAnyway">Whether to save even when a sync could not read the organization now.</param>
    /// <param name="caller">Who tried it out, and saves.</param>
    /// <param name="cancellationToken">Stops before anything was saved.</param>
    public async Task<Result<Connected>> SaveDraftAsync(string draftId, bool saveAnyway, Caller caller, CancellationToken cancellationToken)
    {
        var found = await _drafts.FindRowAsync(draftId, caller, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Refusal!;
        }

        var (draft, row) = (found.Value.ToDraft(), found.Value);
        if (draft.Connector is not null)
        {
            return SyncRefusals.NoSuchDraft();
        }

        var token = new KeptToken(row.ProtectedToken, row.TokenKind, row.TokenLastFour);
        var saved = await SaveAsync(new Tried(draft.Details, token, draft.Report), saveAnyway, caller, cancellationToken);
        if (saved.Succeeded)
        {
            await _drafts.DropAsync(draftId, cancellationToken);
        }

        return saved;
    }

    /// <summary>Saves a connector that somebody else, an owner, gives its credentials; they are told.</summary>
    public async Task<Result<Connector>> SaveWithoutTokenAsync(ConnectorDetails details, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(details);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManageConnectors) ?? ConnectInputCheck.Refuse(details)) is { } refusal)
        {
            return refusal;
        }

        var address = SentryCredentials.ParseAddress(details.Address);
        if (!address.Succeeded)
        {
            return address.Refusal!;
        }

        var row = NewRow(details, address.Value) with { StateReason = "Waits for its credentials." };
        return await _writer.InsertAsync(row, details.Owners, caller, cancellationToken);
    }

    private async Task<Result<Connected>> SaveAsync(Tried tried, bool saveAnyway, Caller caller, CancellationToken cancellationToken)
    {
        var (details, token, report) = tried;
        if (!report.CanConnect && !saveAnyway)
        {
            var failed = report.Probes.First(probe => probe.Outcome is ProbeOutcome.Failed);
            return SyncRefusals.PreflightFailed($"{failed.Evidence} {failed.Remedy}");
        }

        var row = NewRow(details, SentryCredentials.ParseAddress(details.Address).Value) with
        {
            OrganizationId = report.OrganizationId,
            ProtectedToken = token.Ciphertext,
            TokenKind = token.Kind,
            TokenLastFour = token.LastFour,
            BlindSpots = BlindSpotLines.Of(report),
        };
        var saved = await _writer.InsertAsync(row, details.Owners, caller, cancellationToken);
        return saved.Succeeded ? new Connected(saved.Value, report) : saved.Refusal!;
    }

    private ConnectorRow NewRow(ConnectorDetails details, Uri address)
    {
        var now = _clock.GetUtcNow();
        return new ConnectorRow
        {
            Name = details.Name,
            Application = details.Application,
            Address = address.AbsoluteUri,
            OrganizationSlug = details.OrganizationSlug,
            BudgetShare = details.BudgetShare,
            AllowPrivateNetworks = details.AllowPrivateNetworks,
            Schedule = details.Schedule,
            State = ConnectorState.NotConnected,
            StateSince = now,
            CreatedAt = now,
        };
    }
}

/// <summary>A connection that was tried out.</summary>
internal sealed record Tried(ConnectorDetails Details, KeptToken Token, PreflightReport Report);

/// <summary>A token as it is kept.</summary>
internal sealed record KeptToken(string Ciphertext, string Kind, string LastFour);

/// <summary>How blind spots are kept: one sentence per line.</summary>
internal static class BlindSpotLines
{
    public static string? Of(PreflightReport report) => report.BlindSpots.Count == 0 ? null : string.Join('\n', report.BlindSpots);
}
