using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts;
using Watchbill.Contracts.Evidence;
using Watchbill.Evidence;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.Evidence;
using EvidenceRecord = Watchbill.Evidence.EvidenceRecord;
using Kind = Watchbill.Evidence.EvidenceKind;

namespace Watchbill.Connectors.Collecting;

/// <summary>Evidence over HTTP: how it stands, what was collected, and asking for more.</summary>
internal static class EvidenceEndpoints
{
    private const string Tag = "Evidence";

    /// <summary>Maps them below one connector, whose existence is known by then.</summary>
    public static void Map(RouteGroupBuilder connector)
    {
        var reading = connector.MapGroup("/evidence").Needs(Right.ReadAccess).WithTags(Tag);
        reading.MapGet("", ([AsParameters] CollectedEndpoints ask) => Answers.Ok(ask.Queries.StandingsAsync(ask.Id, ask.Caller, ask.CancellationToken), Of))
            .WithName("listEvidence").WithSummary("Every kind of evidence, and how it stands");
        reading.MapGet("/collections", CollectionsAsync).WithName("listCollections").WithSummary("Every read of evidence, newest first");
        reading.MapGet("/{kind}", RecordsAsync).WithName("listRecords").WithSummary("What was collected of a kind, as of an instant, in the order of their keys");
        reading.MapGet("/{kind}/history", HistoryAsync).WithName("getRecordHistory").WithSummary("All periods of one record, newest first");
        connector.MapPost("/evidence/collections", AskAsync).Idempotent().Needs(Right.ManageConnectors).WithTags(Tag)
            .WithName("requestCollection").WithSummary("Asks for collections; a server begins them within seconds");
    }

    private static async Task<Results<Ok<Page<Contract.EvidenceCollection>>, ProblemHttpResult>> CollectionsAsync([AsParameters] CollectedEndpoints ask, [AsParameters] CollectionQuery query)
    {
        var cursor = Cursor.Of(ask.Http.Request, query.Cursor);
        var kind = query.Kind is null ? Result.Of((Kind?)null) : KindOf(query.Kind).Select(static info => (Kind?)info.Kind);
        if ((cursor.Refusal ?? kind.Refusal) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        var limit = query.Limit ?? PageQuery.DefaultLimit;
        CollectionId? before = cursor.Value.Position == 0 ? null : new CollectionId(cursor.Value.Position);
        var collections = await ask.Queries.CollectionsAsync(ask.Id, kind.Value, before, limit, ask.Caller, ask.CancellationToken);
        return Answers.Ok(collections, list => new Page<Contract.EvidenceCollection>(
            [.. list.Select(Of)], Total: null, list.Count < limit ? null : new Cursor(list[^1].Id.Value, At: null).For(ask.Http.Request)));
    }

    private static async Task<Results<Ok<Contract.EvidencePage>, ProblemHttpResult>> RecordsAsync([AsParameters] CollectedEndpoints ask, string kind, [AsParameters] EvidenceQuery query)
    {
        var info = KindOf(kind);
        var cursor = Cursor.Of(ask.Http.Request, query.Cursor);
        if ((info.Refusal ?? cursor.Refusal) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        // All parts of a list show the same instant, whatever is collected between two of them.
        var at = cursor.Value.At ?? query.At ?? ask.Clock.GetUtcNow();
        var question = new EvidenceQuestion(ask.Id, info.Value.Kind)
        {
            At = at,
            Parent = query.Parent,
            State = query.State,
            Search = query.Search,
            ByKey = true,
            After = cursor.Value.After,
            Take = query.Limit ?? PageQuery.DefaultLimit,
        };
        var page = await ask.Queries.ListAsync(question, ask.Caller, ask.CancellationToken);
        return Answers.Ok(page, found => new Contract.EvidencePage(
            [.. found.Rows.Select(Of)],
            found.Count,
            found.Rows.Count == question.Take ? new Cursor(Position: 0, at) { After = found.Rows[^1].Key }.For(ask.Http.Request) : null,
            found.Source is { } source ? Of(source) : null));
    }

    private static async Task<Results<Ok<IReadOnlyList<Contract.EvidenceRecord>>, ProblemHttpResult>> HistoryAsync(
        [AsParameters] CollectedEndpoints ask, string kind, [AsParameters] EvidenceHistoryQuery query)
    {
        var info = KindOf(kind);
        return info.Succeeded
            ? await Answers.Ok(
                ask.Queries.HistoryAsync(ask.Id, info.Value.Kind, query.Key, ask.Caller, ask.CancellationToken),
                static periods => (IReadOnlyList<Contract.EvidenceRecord>)[.. periods.Select(Of)])
            : Problems.Of(info.Refusal!);
    }

    private static async Task<Results<Accepted<IReadOnlyList<Contract.EvidenceKind>>, ProblemHttpResult>> AskAsync(
        [AsParameters] CollectedEndpoints ask, WantedCollection wanted, RequestCollection request)
    {
        List<Kind> kinds = [];
        foreach (var name in wanted.Kinds ?? [])
        {
            var info = KindOf(name);
            if (!info.Succeeded)
            {
                return Problems.Of(info.Refusal!);
            }

            kinds.Add(info.Value.Kind);
        }

        var asked = await request.RunAsync(ask.Id, new WantedEvidence(kinds, wanted.Issue, wanted.AcceptLoss), ask.Caller, ask.CancellationToken);
        return asked.Succeeded
            ? TypedResults.Accepted((string?)null, Of((await ask.Queries.StandingsAsync(ask.Id, ask.Caller, ask.CancellationToken)).Value))
            : Problems.Of(asked.Refusal!);
    }

    private static Result<EvidenceDefinition> KindOf(string name) => EvidenceKinds.Find(name) is { } info ? info : EvidenceRefusals.NoSuchKind(name);

    private static IReadOnlyList<Contract.EvidenceKind> Of(IReadOnlyList<EvidenceStanding> standings) => [.. standings.Select(Of)];

    private static Contract.EvidenceKind Of(EvidenceStanding standing) => new()
    {
        Name = standing.Definition.Name,
        Title = standing.Definition.Title,
        Reads = standing.Definition.Reads,
        Scopes = standing.Definition.Scopes,
        Keeps = standing.Definition.Keeps,
        Counts = standing.Definition.Counts,
        IsOnDemand = standing.Definition.IsOnDemand,
        IsRequested = standing.IsRequested,
        Complete = standing.Complete is { } complete ? Of(complete) : null,
        Latest = standing.Latest is { } latest ? Of(latest) : null,
        Problem = standing.Problem,
    };

    private static Contract.EvidenceCollection Of(Collection collection) => new()
    {
        Id = collection.Id.Value,
        Kind = EvidenceKinds.Of(collection.Kind).Name,
        Issue = collection.Part,
        State = Word.Of(collection.State),
        StartedAt = collection.StartedAt,
        EndedAt = collection.EndedAt,
        Query = collection.Query,
        Requests = collection.Requests,
        Rows = collection.Rows,
        Kept = collection.Kept,
        Remaining = collection.Remaining,
        Reported = collection.Reported,
        Opened = collection.Opened,
        Changed = collection.Changed,
        Closed = collection.Closed,
        Note = collection.Note,
        FailureCode = collection.FailureCode,
    };

    private static Contract.EvidenceRecord Of(EvidenceRecord row) => new()
    {
        Key = row.Key,
        Parent = row.Parent,
        Name = row.Name,
        State = row.State,
        At = row.At,
        LastAt = row.LastAt,
        Document = Json(row.Document),
        Counters = row.Counters is { } counters ? Json(counters) : null,
        From = row.From,
        To = row.To,
    };

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

/// <summary>A question about evidence over HTTP: who asks, and about which connector.</summary>
internal readonly record struct CollectedEndpoints(long Connector, EvidenceQueries Queries, Caller Caller, TimeProvider Clock, HttpContext Http, CancellationToken CancellationToken)
{
    public ConnectorId Id => new(Connector);
}
