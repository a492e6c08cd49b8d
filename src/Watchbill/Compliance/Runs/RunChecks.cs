using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Compliance.Actions;
using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Postures;
using Watchbill.Compliance.Settings;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Compliance.Runs;

/// <summary>
/// Asks all checks about what is stored of an organization, and keeps what they say: a run with a line for each check, and of each resource only what changed. Complete or nothing.
/// </summary>
public sealed class RunChecks
{
    private static readonly IReadOnlyList<string> Events = [.. CheckCatalogue.All.OfType<LogCheck>().SelectMany(static check => check.Events).Distinct()];

    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly AuditLog _audit;
    private readonly FollowChecks _actions;
    private readonly TimeProvider _clock;

    internal RunChecks(Database database, ConnectorStore connectors, AuditLog audit, FollowChecks actions, TimeProvider clock)
    {
        _database = database;
        _connectors = connectors;
        _audit = audit;
        _actions = actions;
        _clock = clock;
    }

    /// <summary>Runs all checks now. Needs the right to manage compliance.</summary>
    /// <returns>The run. Failing checks are an answer, not an error.</returns>
    public async Task<Result<CheckRun>> RunAsync(ConnectorId connector, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageCompliance) is { } refusal)
        {
            return refusal;
        }

        if (await _connectors.FindAsync(connector, cancellationToken) is not { } row)
        {
            return SyncRefusals.NoSuchConnector(connector.ToString());
        }

        Telemetry.CheckRuns.Add(1);
        using var activity = Telemetry.Activities.StartActivity("check")?.SetTag("watchbill.source", connector.Value);
        var at = Conventions.ToStoredPrecision(_clock.GetUtcNow());
        var (posture, evaluations) = await _database.InSnapshotAsync(session => EvaluateAsync(session, row, at, cancellationToken), cancellationToken);
        return await _database.InTransactionAsync(transaction => WriteAsync(transaction, posture, evaluations, (connector, caller), cancellationToken), cancellationToken);
    }

    /// <summary>Reads the posture and asks every check about it; writes nothing.</summary>
    internal static async Task<(Posture Posture, IReadOnlyList<Evaluation> Evaluations)> EvaluateAsync(
        ReadSession session, ConnectorRow connector, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var settings = await ParameterStore.SettingsAsync(session, connector.Id, cancellationToken);
        var exceptions = await ExceptionStore.ApprovedAsync(session, connector.Id, cancellationToken);
        var longest = CheckCatalogue.All.OfType<LogCheck>().Max(check => SettingsOf(check).Number(LogCheck.Period));
        var posture = await new PostureReader(session, new PostureRequest(connector, at, Events, at.AddDays(-longest)), cancellationToken).ReadAsync();
        return (posture, [.. CheckCatalogue.All.Select(check => Evaluator.Evaluate(check, posture, SettingsOf(check), exceptions))]);

        CheckSettings SettingsOf(Check check) => settings.GetValueOrDefault(check.Definition.Id) ?? CheckSettings.Defaults;
    }

    private async Task<Result<CheckRun>> WriteAsync(
        Transaction transaction, Posture posture, IReadOnlyList<Evaluation> evaluations, (ConnectorId Connector, Caller Caller) asked, CancellationToken cancellationToken)
    {
        await Database.LockAsync(transaction, $"check-run {asked.Connector}", cancellationToken);
        var before = await CheckRunStore.LatestAsync(transaction, asked.Connector, cancellationToken);
        if (before?.At >= posture.At)
        {
            // Another process ran the checks meanwhile, about a later instant.
            return ComplianceRefusals.RunMeanwhile();
        }

        var run = new CheckRunRow
        {
            ConnectorId = asked.Connector,
            At = posture.At,
            EndedAt = _clock.GetUtcNow(),
            ActorKind = asked.Caller.Actor.Kind.ToString(),
            ActorId = asked.Caller.Actor.Id,
            ActorFrom = asked.Caller.Actor.From,
            Digest = Evaluator.DigestOf(evaluations),
            Inputs = InputsOf(posture),
        };
        run = run with { Id = await CheckRunStore.InsertAsync(transaction, run, cancellationToken) };
        var known = before is null ? [] : (await CheckRunStore.LinesAsync(transaction, [before.Id], cancellationToken)).ToDictionary(static line => line.CheckId, static line => line.ResultsRun);
        List<CheckLineRow> lines = [.. evaluations.Select(evaluation => CheckLineRow.From(
            run.Id, evaluation.Line with { ResultsRun = evaluation.Verdicts is null ? known.GetValueOrDefault(evaluation.Line.CheckId) is { } last ? new CheckRunId(last) : null : run.Id }))];
        await CheckRunStore.InsertAsync(transaction, lines, cancellationToken);
        foreach (var evaluation in evaluations.Where(static one => one.Verdicts is not null))
        {
            await KeepAsync(transaction, run, evaluation, cancellationToken);
        }

        await _actions.RunAsync(transaction, run, lines, cancellationToken);
        await _audit.AppendAsync(transaction, EventOf(run, lines, asked.Caller), cancellationToken);
        return run.ToRun(lines);
    }

    /// <summary>Writes what changed since the run before, and nothing else.</summary>
    private static async Task KeepAsync(Transaction transaction, CheckRunRow run, Evaluation evaluation, CancellationToken cancellationToken)
    {
        var check = evaluation.Line.CheckId;
        var held = await CheckRunStore.HeldAsync(transaction, run.ConnectorId, check, cancellationToken);
        List<CheckResultRow> begun = [];
        List<(ResourceKind, string)> ended = [];
        foreach (var (verdict, exception) in evaluation.Verdicts!)
        {
            var key = (verdict.Resource.Kind, verdict.Resource.Key);
            if (held.Remove(key, out var before))
            {
                if (before == (verdict.Outcome, verdict.Reason, verdict.Resource.Name, exception))
                {
                    continue;
                }

                ended.Add(key);
            }

            begun.Add(new CheckResultRow
            {
                ConnectorId = run.ConnectorId,
                CheckId = check,
                ResourceKind = verdict.Resource.Kind,
                ResourceKey = verdict.Resource.Key,
                ResourceName = verdict.Resource.Name,
                ValidFrom = run.At,
                ValidTo = Conventions.OpenEnd,
                Outcome = verdict.Outcome,
                Reason = verdict.Reason,
                ExceptionId = exception?.Value,
                FirstRun = run.Id.Value,
            });
        }

        await CheckRunStore.CloseAsync(transaction, run, check, [.. ended, .. held.Keys], cancellationToken);
        await CheckRunStore.OpenAsync(transaction, begun, cancellationToken);
    }

    private static string InputsOf(Posture posture) => JsonSerializer.Serialize(
        new SortedDictionary<string, InputState>(posture.Inputs.ToDictionary(static input => Word.Of(input.Key), static input => input.Value), StringComparer.Ordinal),
        ComplianceJson.Default.SortedDictionaryStringInputState);

    private static AuditEvent EventOf(CheckRunRow run, IReadOnlyList<CheckLineRow> lines, Caller caller) => new()
    {
        Actor = caller.Actor,
        Action = "checks-run",
        SubjectKind = "check-run",
        SubjectId = run.Id.ToString(),
        After = $$"""{"connector":{{run.ConnectorId}},"failed":{{lines.Count(static line => line.Outcome is CheckOutcome.Fail)}},"notEvaluated":{{lines.Count(static line => line.Outcome is CheckOutcome.NotEvaluated)}},"digest":"{{run.Digest}}"}""",
    };
}
