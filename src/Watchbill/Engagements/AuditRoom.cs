using Watchbill.Compliance;
using Watchbill.Compliance.Actions;
using Watchbill.Compliance.Artifacts;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Runs;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Packs;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Engagements;

/// <summary>What is seen in an engagement: its framework, its period, its sources, and nothing else. States are as of the end of the period, or now while it runs.</summary>
public sealed class AuditRoom
{
    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly ManageArtifacts _artifacts;
    private readonly RoomDoor _door;

    internal AuditRoom(Database database, ConnectorStore connectors, ManageArtifacts artifacts, RoomDoor door)
    {
        _database = database;
        _connectors = connectors;
        _artifacts = artifacts;
        _door = door;
    }

    /// <summary>How the controls stand, and what was asked for.</summary>
    public async Task<Result<RoomOverview>> OverviewAsync(EngagementId id, Caller caller, CancellationToken cancellationToken)
    {
        var entered = await _door.EnterAsync(id, "overview", caller, cancellationToken);
        if (!entered.Succeeded)
        {
            return entered.Refusal!;
        }

        var room = entered.Value;
        List<RoomSource> sources = [];
        foreach (var connector in await ConnectorsAsync(room.Engagement, cancellationToken))
        {
            var run = await _database.InSnapshotAsync(session => PackStore.RunBeforeAsync(session, connector.Id, room.Engagement.End(_door.Now), cancellationToken), cancellationToken);
            var outcomes = run?.Lines.ToDictionary(static line => line.CheckId, static line => line.Outcome, StringComparer.Ordinal);
            sources.Add(new RoomSource(connector.Id, connector.Name, connector.OrganizationSlug) { Run = run, Controls = outcomes is null ? [] : [.. room.Controls.Select(control => ControlOutcomes.Of(control, outcomes))] });
        }

        var (requests, notes) = await _database.InSnapshotAsync(
            async session => (await EngagementStore.RequestsAsync(session, id, cancellationToken), await EngagementStore.NotesAsync(session, id, cancellationToken)), cancellationToken);
        return new RoomOverview(room, sources, requests) { Notes = notes };
    }

    /// <summary>One control for one source.</summary>
    public async Task<Result<RoomControl>> ControlAsync(EngagementId id, ConnectorId connector, string control, Caller caller, CancellationToken cancellationToken)
    {
        var entered = await _door.EnterAsync(id, $"control {control} of {connector}", caller, cancellationToken);
        var source = entered.Succeeded ? await SourceAsync(entered.Value, connector, cancellationToken) : entered.Refusal!;
        if (!source.Succeeded)
        {
            return source.Refusal!;
        }

        var room = entered.Value;
        if (room.Control(control) is not { } own)
        {
            return EngagementRefusals.OutOfScope($"control {control}");
        }

        var (from, end) = (room.Engagement.From, room.Engagement.End(_door.Now));
        return await _database.InSnapshotAsync(
            async session =>
            {
                var run = await PackStore.RunBeforeAsync(session, connector, end, cancellationToken);
                var daily = await CheckRunStore.DailyAsync(session, connector, from, cancellationToken);
                var actions = (await ActionStore.OfChecksAsync(session, connector, cancellationToken)).Values.Where(row => own.Checks.Contains(row.CheckId!) && row.OpenedAt < end && (row.ClosedAt is null || row.ClosedAt >= from));
                var exceptions = (await ExceptionStore.ListAsync(session, connector, all: true, ManageExceptions.MostListed, cancellationToken)).Select(static row => row.ToException())
                    .Where(one => own.Checks.Contains(one.CheckId) && one.AskedAt < end && one.EndsAt > from);
                var (artifacts, _) = await ArtifactStore.ListAsync(session, new ArtifactSearch(connector) { Text = room.NameOf(own), Take = ArtifactSearch.MostRows }, cancellationToken);
                return Result.Of(new RoomControl(room, source.Value, own)
                {
                    Run = run,
                    Lines = [.. (run?.Lines ?? []).Where(line => own.Checks.Contains(line.CheckId))],
                    History = ControlOutcomes.Changes(own, daily.Where(day => day.At < end)),
                    Actions = [.. actions.OrderBy(static row => row.Id.Value).Select(static row => row.ToAction())],
                    Exceptions = [.. exceptions],
                    Artifacts = [.. artifacts.Select(static row => row.ToArtifact()).Where(artifact => artifact.Controls.Contains(room.NameOf(own)))],
                    Requests = [.. (await EngagementStore.RequestsAsync(session, id, cancellationToken)).Where(request => request.Control == own.Id)],
                    Notes = [.. (await EngagementStore.NotesAsync(session, id, cancellationToken)).Where(note => note.Control == own.Id && note.Request is null)],
                });
            },
            cancellationToken);
    }

    /// <summary>What one check said of each resource.</summary>
    /// <param name="id">In which engagement.</param>
    /// <param name="search">Of which connector and check, and which page; its instant is the engagement's.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Result<RoomCheck>> CheckAsync(EngagementId id, ResultSearch search, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        var entered = await _door.EnterAsync(id, $"check {search.CheckId} of {search.Connector}", caller, cancellationToken);
        var source = entered.Succeeded ? await SourceAsync(entered.Value, search.Connector, cancellationToken) : entered.Refusal!;
        if (!source.Succeeded)
        {
            return source.Refusal!;
        }

        var room = entered.Value;
        var controls = room.Controls.Where(control => control.Checks.Contains(search.CheckId)).ToList();
        if (controls.Count == 0 || CheckCatalogue.Find(search.CheckId!) is not { } check)
        {
            return EngagementRefusals.OutOfScope($"check {search.CheckId}");
        }

        if (search.Skip < 0 || search.Take is < 1 or > ResultSearch.MostRows)
        {
            return ComplianceRefusals.BadPage();
        }

        return await _database.InSnapshotAsync<Result<RoomCheck>>(
            async session =>
            {
                if (await PackStore.RunBeforeAsync(session, search.Connector, room.Engagement.End(_door.Now), cancellationToken) is not { } run || run.Lines.FirstOrDefault(one => one.CheckId == search.CheckId) is not { } line)
                {
                    return EngagementRefusals.NoRun();
                }

                var (rows, count) = await CheckRunStore.ResultsAsync(session, search with { At = run.At }, cancellationToken);
                return new RoomCheck(room, source.Value, check.Definition) { Run = run, Line = line, Controls = controls, Results = new ResultPage([.. rows.Select(static row => row.ToResult())], count) };
            },
            cancellationToken);
    }

    /// <summary>A file that is evidence for a control of the engagement, or that came with an answer.</summary>
    public async Task<Result<ArtifactContent>> FileAsync(EngagementId id, ArtifactId artifact, Caller caller, CancellationToken cancellationToken)
    {
        var entered = await _door.EnterAsync(id, $"file {artifact}", caller, cancellationToken);
        if (!entered.Succeeded)
        {
            return entered.Refusal!;
        }

        var room = entered.Value;
        var lent = caller.With(Right.ReadAccess);
        var found = await _artifacts.FindAsync(artifact, lent, cancellationToken);
        var isAttached = found.Succeeded && (await _database.InSnapshotAsync(session => EngagementStore.NotesAsync(session, id, cancellationToken), cancellationToken)).Any(note => note.Artifact == artifact);
        var isInScope = found.Succeeded && room.Engagement.Connectors.Contains(found.Value.Connector) && (isAttached || room.Controls.Any(control => found.Value.Controls.Contains(room.NameOf(control))));
        return isInScope ? await _artifacts.ReadAsync(artifact, lent, cancellationToken) : EngagementRefusals.OutOfScope($"file {artifact}");
    }

    /// <summary>Those of its sources that are still there, by name.</summary>
    internal async Task<IReadOnlyList<ConnectorRow>> ConnectorsAsync(Engagement engagement, CancellationToken cancellationToken) =>
        [.. (await _connectors.ListAsync(cancellationToken)).Where(row => engagement.Connectors.Contains(row.Id))];

    private async Task<Result<RoomSource>> SourceAsync(Entered room, ConnectorId connector, CancellationToken cancellationToken) =>
        (await ConnectorsAsync(room.Engagement, cancellationToken)).FirstOrDefault(row => row.Id == connector) is { } found
            ? new RoomSource(found.Id, found.Name, found.OrganizationSlug)
            : EngagementRefusals.OutOfScope($"source {connector}");
}
