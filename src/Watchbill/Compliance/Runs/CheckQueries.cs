using Watchbill.Compliance.Actions;
using Watchbill.Compliance.Artifacts;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Settings;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Compliance.Runs;

/// <summary>What people ask about checks. Whoever may read access may ask.</summary>
public sealed class CheckQueries
{
    /// <summary>The most runs that are listed.</summary>
    public const int MostRuns = 500;

    /// <summary>At most so many changes are told.</summary>
    public const int MostChanges = 200;

    /// <summary>How far back the trend of a framework goes.</summary>
    public const int TrendDays = 90;

    private const int MostHistoryDays = 730;

    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly TimeProvider _clock;

    internal CheckQueries(Database database, ConnectorStore connectors, TimeProvider clock)
    {
        _database = database;
        _connectors = connectors;
        _clock = clock;
    }

    /// <summary>All checks, in the order in which they are shown.</summary>
    public static IReadOnlyList<CheckDefinition> Definitions { get; } = [.. CheckCatalogue.All.Select(static check => check.Definition)];

    /// <summary>The newest runs, each with what every check said.</summary>
    public Task<Result<IReadOnlyList<CheckRun>>> RunsAsync(ConnectorId connector, int limit, Caller caller, CancellationToken cancellationToken) => AskAsync(
        connector, caller,
        async session =>
        {
            var runs = await CheckRunStore.ListAsync(session, connector, Math.Clamp(limit, 1, MostRuns), cancellationToken);
            var lines = (await CheckRunStore.LinesAsync(session, [.. runs.Select(static run => run.Id)], cancellationToken)).ToLookup(static line => line.RunId);
            return Result.Of<IReadOnlyList<CheckRun>>([.. runs.Select(run => run.ToRun(Ordered(lines[run.Id])))]);
        },
        cancellationToken);

    /// <summary>The latest run; null when there was none.</summary>
    public Task<Result<CheckRun?>> LatestAsync(ConnectorId connector, Caller caller, CancellationToken cancellationToken) =>
        AskAsync(connector, caller, async session => Result.Of(await LatestAsync(session, connector, cancellationToken)), cancellationToken);

    /// <summary>What a check is, says, and may be set to for one connector.</summary>
    public Task<Result<CheckDetails>> FindAsync(ConnectorId connector, string checkId, Caller caller, CancellationToken cancellationToken) => AskAsync<CheckDetails>(
        connector, caller,
        async session =>
        {
            if (CheckCatalogue.Find(checkId) is not { } check)
            {
                return ComplianceRefusals.NoSuchCheck(checkId);
            }

            var run = await LatestAsync(session, connector, cancellationToken);
            var history = await ParameterStore.HistoryAsync(session, connector, checkId, cancellationToken);
            var exceptions = await ExceptionStore.OfCheckAsync(session, connector, checkId, cancellationToken);
            var results = run?.Lines.FirstOrDefault(line => line.CheckId == checkId)?.ResultsRun is { } id ? await CheckRunStore.FindAsync(session, id, cancellationToken) : null;
            return new CheckDetails(check.Definition)
            {
                Run = run,
                ResultsAt = results?.At,
                Settings = [.. check.Definition.Parameters.Select(parameter => SettingOf(parameter, history))],
                Exceptions = [.. exceptions.Select(static row => row.ToException())],
                Action = (await ActionStore.OfCheckAsync(session, connector, checkId, cancellationToken))?.ToAction(),
                Controls = [.. (await FrameworkStore.FollowedAsync(session, cancellationToken)).SelectMany(framework => framework.Controls.Where(control => control.Checks.Contains(checkId)).Select(control => new ControlPlace(framework, control)))],
            };
        },
        cancellationToken);

    /// <summary>What checks said of single resources.</summary>
    public async Task<Result<ResultPage>> ResultsAsync(ResultSearch search, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        if (search.Skip < 0 || search.Take is < 1 or > ResultSearch.MostRows)
        {
            return ComplianceRefusals.BadPage();
        }

        return search.CheckId is { } check && CheckCatalogue.Find(check) is null
            ? ComplianceRefusals.NoSuchCheck(check)
            : await AskAsync<ResultPage>(
                search.Connector, caller,
                async session =>
                {
                    var (rows, count) = await CheckRunStore.ResultsAsync(session, search, cancellationToken);
                    return new ResultPage([.. rows.Select(static row => row.ToResult())], count);
                },
                cancellationToken);
    }

    /// <summary>How an organization stands with the frameworks that are followed, how that moved, and what changed lately.</summary>
    /// <param name="connector">Which one.</param>
    /// <param name="days">How far the trend goes back.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<Result<PostureReport>> PostureAsync(ConnectorId connector, int days, Caller caller, CancellationToken cancellationToken) => AskAsync<PostureReport>(
        connector, caller,
        async session =>
        {
            var now = _clock.GetUtcNow();
            var yesterday = now.AddDays(-1);
            var hasYesterday = await CheckRunStore.AnyBeforeAsync(session, connector, yesterday, cancellationToken);
            var latest = await CheckRunStore.LatestAsync(session, connector, cancellationToken);
            var run = latest is null ? null : await WholeAsync(session, latest, cancellationToken);
            var outcomes = run?.Lines.ToDictionary(static line => line.CheckId, static line => line.Outcome);
            return new PostureReport
            {
                Run = run,
                Inputs = latest is null ? [] : StandingsOf(latest),
                Trend = [.. (await CheckRunStore.DailyAsync(session, connector, now.AddDays(-Math.Clamp(days, 1, 730)), cancellationToken)).Select(static day => new TrendPoint(day.At, Outcomes.Of(day.Checks.Values)))],
                Frameworks = outcomes is null ? [] : [.. (await FrameworkStore.FollowedAsync(session, cancellationToken)).Select(framework => StandingOf(framework, outcomes))],
                HasYesterday = hasYesterday,
                Began = !hasYesterday ? [] : [.. (await CheckRunStore.BeganAsync(session, connector, yesterday, MostChanges, cancellationToken)).Select(static row => row.ToResult())],
                Ceased = !hasYesterday ? [] : [.. (await CheckRunStore.CeasedAsync(session, connector, yesterday, MostChanges, cancellationToken)).Select(static row => row.ToResult())],
                Exceptions = [.. (await ExceptionStore.ListAsync(session, connector, all: false, ManageExceptions.MostListed, cancellationToken)).Select(static row => row.ToException())],
                Actions = await ActionStore.FiguresAsync(session, connector, now, cancellationToken),
            };
        },
        cancellationToken);

    /// <summary>How one framework stands, control by control.</summary>
    public Task<Result<FrameworkReport>> FrameworkAsync(ConnectorId connector, string id, Caller caller, CancellationToken cancellationToken) => AskAsync<FrameworkReport>(
        connector, caller,
        async session =>
        {
            if (await FrameworkStore.FindAsync(session, id, cancellationToken) is not { } framework)
            {
                return ComplianceRefusals.NoSuchFramework(id);
            }

            var run = await LatestAsync(session, connector, cancellationToken);
            var outcomes = run?.Lines.ToDictionary(static line => line.CheckId, static line => line.Outcome);
            var daily = await CheckRunStore.DailyAsync(session, connector, _clock.GetUtcNow().AddDays(-TrendDays), cancellationToken);
            return new FrameworkReport(framework, run, outcomes is null ? [] : [.. framework.Controls.Select(control => ControlOutcomes.Of(control, outcomes))])
            {
                Trend = [.. daily.Select(day => new TrendPoint(day.At, Outcomes.Of(framework.Controls.Select(control => ControlOutcomes.Of(control, day.Checks)))))],
            };
        },
        cancellationToken);

    /// <summary>Everything about one control: its checks, how it stood, and what people did about it.</summary>
    public Task<Result<ControlReport>> ControlAsync(ConnectorId connector, string framework, string control, Caller caller, CancellationToken cancellationToken) => AskAsync<ControlReport>(
        connector, caller,
        async session =>
        {
            if (await FrameworkStore.FindAsync(session, framework, cancellationToken) is not { } found)
            {
                return ComplianceRefusals.NoSuchFramework(framework);
            }

            if (found.Controls.FirstOrDefault(one => one.Id == control) is not { } own)
            {
                return ComplianceRefusals.NoSuchControl(framework, control);
            }

            var run = await LatestAsync(session, connector, cancellationToken);
            var daily = await CheckRunStore.DailyAsync(session, connector, _clock.GetUtcNow().AddDays(-MostHistoryDays), cancellationToken);
            var name = $"{framework}:{control}";
            var (artifacts, _) = await ArtifactStore.ListAsync(session, new ArtifactSearch(connector) { Text = name, Take = ArtifactSearch.MostRows }, cancellationToken);
            return new ControlReport(found, own)
            {
                Run = run,
                Lines = [.. (run?.Lines ?? []).Where(line => own.Checks.Contains(line.CheckId))],
                History = ControlOutcomes.Changes(own, daily),
                Actions = [.. (await ActionStore.OfChecksAsync(session, connector, cancellationToken)).Values.Where(row => own.Checks.Contains(row.CheckId!)).OrderBy(static row => row.DueAt).Select(static row => row.ToAction())],
                Exceptions = [.. (await ExceptionStore.ListAsync(session, connector, all: false, ManageExceptions.MostListed, cancellationToken)).Where(row => own.Checks.Contains(row.CheckId)).Select(static row => row.ToException())],
                Artifacts = [.. artifacts.Select(static row => row.ToArtifact()).Where(artifact => artifact.Controls.Contains(name))],
            };
        },
        cancellationToken);

    private static async Task<CheckRun?> LatestAsync(ReadSession session, ConnectorId connector, CancellationToken cancellationToken) =>
        await CheckRunStore.LatestAsync(session, connector, cancellationToken) is { } run ? await WholeAsync(session, run, cancellationToken) : null;

    private static async Task<CheckRun> WholeAsync(ReadSession session, CheckRunRow run, CancellationToken cancellationToken) =>
        run.ToRun(Ordered(await CheckRunStore.LinesAsync(session, [run.Id], cancellationToken)));

    private async Task<Result<T>> AskAsync<T>(ConnectorId connector, Caller caller, Func<ReadSession, Task<Result<T>>> answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        return await _connectors.FindAsync(connector, cancellationToken) is null
            ? SyncRefusals.NoSuchConnector(connector.ToString())
            : await _database.InSnapshotAsync(answer, cancellationToken);
    }

    private static IEnumerable<CheckLineRow> Ordered(IEnumerable<CheckLineRow> lines)
    {
        var byId = lines.ToDictionary(static line => line.CheckId, StringComparer.Ordinal);

        // A run of an older version may hold checks that are no more; they stay at the end.
        return Definitions.Select(definition => byId.GetValueOrDefault(definition.Id)).OfType<CheckLineRow>().Concat(byId.Values.Where(static line => CheckCatalogue.Find(line.CheckId) is null));
    }

    private static CheckSetting SettingOf(CheckParameter parameter, IReadOnlyList<CheckParameterRow> history)
    {
        List<CheckParameterRow> own = [.. history.Where(row => row.Name == parameter.Name)];
        return new CheckSetting(
            parameter,
            own.Find(static row => row.ValidTo == Conventions.OpenEnd)?.Value ?? parameter.Default,
            [.. own.Select(row => new PastSetting(row.Value ?? parameter.Default, row.ValidFrom, row.Reason, row.AccountId, row.ActorKind))]);
    }

    private static FrameworkStanding StandingOf(Framework framework, IReadOnlyDictionary<string, CheckOutcome> outcomes) =>
        new(framework, Outcomes.Of(framework.Controls.Select(control => ControlOutcomes.Of(control, outcomes))));

    private static IReadOnlyList<InputStanding> StandingsOf(CheckRunRow run) =>
        [.. CheckRunStore.InputsOf(run).Select(static input => new InputStanding(TitleOf(input.Key), input.Value.Problem is null ? input.Value.ReadAt : null, input.Value.Problem))];

    private static string TitleOf(string input) => Word.Parse<CheckInput>(input) is { } known ? CheckInputs.TitleOf(known) : input;
}
