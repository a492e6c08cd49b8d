using System.Net;
using System.Text.Json;
using Watchbill.Access.Logged;
using Watchbill.Audit;
using Watchbill.Compliance.Checks;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Compliance.Settings;

/// <summary>Sets what a check asks of one organization. Every value that ever held is kept, with who set it and why. Needs the right to manage compliance.</summary>
public sealed class SetParameter
{
    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal SetParameter(Database database, ConnectorStore connectors, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _connectors = connectors;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Sets one parameter.</summary>
    /// <param name="place">Of which connector, check and name.</param>
    /// <param name="value">The value as text; null for the default.</param>
    /// <param name="reason">Why.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Stops it; nothing is changed then.</param>
    /// <returns>The value that holds now.</returns>
    public async Task<Result<string>> RunAsync(ParameterPlace place, string? value, string reason, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageCompliance) is { } refusal)
        {
            return refusal;
        }

        if (CheckCatalogue.Find(place.CheckId) is not { } check)
        {
            return ComplianceRefusals.NoSuchCheck(place.CheckId);
        }

        if (check.Definition.Parameters.FirstOrDefault(parameter => parameter.Name == place.Name) is not { } parameter)
        {
            return ComplianceRefusals.NoSuchParameter(place.CheckId, place.Name);
        }

        if (SyncRefusals.BadReason(reason) is { } bad)
        {
            return bad;
        }

        var networks = check is AuditlogKnownNetworks && value is not null ? NetworksOf(value) : [];
        if (networks is null || (value is not null && parameter.ProblemOf(value) is not null))
        {
            return ComplianceRefusals.BadParameter(place.Name, networks is null ? "lists networks such as 192.0.2.0/24" : parameter.ProblemOf(value!)!);
        }

        if (await _connectors.FindAsync(place.Connector, cancellationToken) is null)
        {
            return SyncRefusals.NoSuchConnector(place.Connector.ToString());
        }

        await _database.InTransactionAsync(transaction => WriteAsync(transaction, place, new NewValue(value, reason.Trim(), check is AuditlogKnownNetworks ? networks : null), caller, cancellationToken), cancellationToken);
        return value ?? parameter.Default;
    }

    private async Task<bool> WriteAsync(Transaction transaction, ParameterPlace place, NewValue value, Caller caller, CancellationToken cancellationToken)
    {
        await Database.LockAsync(transaction, $"check-parameter {place.Connector}", cancellationToken);
        var before = (await ParameterStore.OpenAsync(transaction, place.Connector, cancellationToken)).FirstOrDefault(row => row.CheckId == place.CheckId && row.Name == place.Name);
        if (before?.Value == value.Text)
        {
            return false;
        }

        var row = new CheckParameterRow
        {
            ConnectorId = place.Connector,
            CheckId = place.CheckId,
            Name = place.Name,
            ValidFrom = Conventions.ToStoredPrecision(_clock.GetUtcNow()),
            ValidTo = Conventions.OpenEnd,
            Value = value.Text,
            Reason = value.Reason,
            ActorKind = caller.Actor.Kind.ToString(),
            ActorId = caller.Actor.Id,
            AccountId = caller.Account,
        };
        await ParameterStore.ReplaceAsync(transaction, row, cancellationToken);
        if (value.Networks is { } networks)
        {
            // Addresses are compared while the log is read, because they are not kept.
            await LoggedStore.SetNetworksAsync(transaction, place.Connector, networks, cancellationToken);
        }

        await _audit.AppendAsync(
            transaction,
            new AuditEvent
            {
                Actor = caller.Actor,
                Action = "check-parameter-set",
                SubjectKind = "check",
                SubjectId = $"{place.CheckId}/{place.Name}",
                Before = TextOf(place, before?.Value),
                After = TextOf(place, value.Text),
                Reason = value.Reason,
            },
            cancellationToken);
        return true;
    }

    private static string TextOf(ParameterPlace place, string? value)
    {
        SortedDictionary<string, string> text = new(StringComparer.Ordinal) { ["connector"] = place.Connector.ToString(), ["value"] = value ?? "(default)" };
        return JsonSerializer.Serialize(text, ComplianceJson.Default.SortedDictionaryStringString);
    }

    private static List<IPNetwork>? NetworksOf(string value)
    {
        List<IPNetwork> networks = [];
        foreach (var text in CheckParameter.TextsOf(value) ?? [])
        {
            if (!IPNetwork.TryParse(text, out var network))
            {
                return null;
            }

            networks.Add(network);
        }

        return networks;
    }

    private sealed record NewValue(string? Text, string Reason, IReadOnlyList<IPNetwork>? Networks);
}

/// <summary>Which parameter of which connector.</summary>
/// <param name="Connector">The connector.</param>
/// <param name="CheckId">The check.</param>
/// <param name="Name">The parameter's name.</param>
public sealed record ParameterPlace(ConnectorId Connector, string CheckId, string Name);
