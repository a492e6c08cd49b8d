using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Watchbill.Access.Changes;
using Watchbill.Access.Explore;
using Watchbill.Access.History;
using Watchbill.Api;
using Watchbill.Contracts;
using Watchbill.Contracts.Access;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Access;

/// <summary>A question about one organization over HTTP: who asks, about which, and the ways to answer out of its picture.</summary>
internal readonly record struct PictureEndpoints(long Connector, ExploreAccess Explore, Caller Caller, HttpContext Http, CancellationToken CancellationToken)
{
    private ConnectorId Id => new(Connector);

    /// <summary>One thing out of the picture at an instant.</summary>
    public async Task<Results<Ok<AccessAnswer<T>>, ProblemHttpResult>> AnswerAsync<T>(DateTimeOffset? at, Func<OrganizationPicture, Result<T>> find)
    {
        var picture = await Explore.PictureAsync(Caller, Id, at, CancellationToken);
        if (!picture.Succeeded)
        {
            return Problems.Of(picture.Refusal!);
        }

        var found = find(picture.Value);
        return found.Succeeded ? TypedResults.Ok(new AccessAnswer<T>(AccessContracts.Freshness(picture.Value), found.Value)) : Problems.Of(found.Refusal!);
    }

    /// <summary>A part of a list out of the picture at an instant.</summary>
    public async Task<Results<Ok<AccessPage<TContract>>, ProblemHttpResult>> TableAsync<TRow, TContract>(
        PageQuery page, DateTimeOffset? at, Func<OrganizationPicture, Result<IReadOnlyList<TRow>>> rows, Func<TRow, TContract> contract)
    {
        var cursor = Cursor.Of(Http.Request, page.Cursor);
        if (!cursor.Succeeded)
        {
            return Problems.Of(cursor.Refusal!);
        }

        var picture = await PinnedAsync(cursor.Value.At, at);
        var list = picture.Succeeded ? rows(picture.Value) : picture.Refusal!;
        return list.Succeeded ? TypedResults.Ok(PageOf(picture.Value, list.Value, cursor.Value, page, contract)) : Problems.Of(list.Refusal!);
    }

    /// <summary>A part of somebody's history, up to the instant that its first part showed.</summary>
    public async Task<Results<Ok<AccessPage<Contracts.Access.HistoryLine>>, ProblemHttpResult>> HistoryAsync(AccessHistory history, HistoryQuery query)
    {
        var cursor = Cursor.Of(Http.Request, query.Cursor);
        var picture = cursor.Succeeded ? await PinnedAsync(cursor.Value.At, at: null) : cursor.Refusal!;
        if (!picture.Succeeded)
        {
            return Problems.Of(picture.Refusal!);
        }

        var search = new HistorySearch { Member = query.Member, Team = query.Team, Project = query.Project };
        var lines = await history.OfAsync(Caller, Id, search, CancellationToken);
        return lines.Succeeded
            ? TypedResults.Ok(PageOf(picture.Value, lines.Value.UpTo(picture.Value.At), cursor.Value, query, AccessContracts.Line))
            : Problems.Of(lines.Refusal!);
    }

    /// <summary>A part of what changed between two instants.</summary>
    public async Task<Results<Ok<AccessPage<Contracts.Access.AccessChange>>, ProblemHttpResult>> ChangesAsync(ChangeQuery query, ExplainChanges explain)
    {
        var cursor = Cursor.Of(Http.Request, query.Cursor);
        if (!cursor.Succeeded)
        {
            return Problems.Of(cursor.Refusal!);
        }

        var after = await PinnedAsync(cursor.Value.At, query.Until);
        if (!after.Succeeded)
        {
            return Problems.Of(after.Refusal!);
        }

        if (query.Since >= after.Value.At)
        {
            return Problems.Of(new Refusal(RefusalKind.Invalid, "bad-period", "'since' must be an instant before 'until'."));
        }

        var before = await Explore.PictureAsync(Caller, Id, query.Since, CancellationToken);
        var all = AccessChanges.Between(before.Value.Graph, after.Value.Graph).Where(change => query.Kind is null || change.Kind == query.Kind).ToList();
        var changes = await explain.RunAsync(Id, (before.Value.At, after.Value.At), all, CancellationToken);
        return TypedResults.Ok(PageOf(
            after.Value, changes, cursor.Value, query, static change => new Contracts.Access.AccessChange(change.Kind, change.SubjectId, change.Sentence, change.Cause?.At, change.Cause?.Actor)));
    }

    /// <summary>All parts of a list show the same instant, whatever is synced between two of them.</summary>
    private async Task<Result<OrganizationPicture>> PinnedAsync(DateTimeOffset? pinned, DateTimeOffset? at)
    {
        if (pinned is null || at is not null)
        {
            return await Explore.PictureAsync(Caller, Id, pinned ?? at, CancellationToken);
        }

        // The list began with what was current then; mostly it still is, and is at hand.
        var current = await Explore.PictureAsync(Caller, Id, at: null, CancellationToken);
        return current.Succeeded && current.Value.At != pinned ? await Explore.PictureAsync(Caller, Id, pinned, CancellationToken) : current;
    }

    private AccessPage<TContract> PageOf<TRow, TContract>(
        OrganizationPicture picture, IReadOnlyList<TRow> rows, Cursor cursor, PageQuery page, Func<TRow, TContract> contract)
    {
        var (items, next) = cursor.Part(rows, page, Http.Request, contract, picture.At);
        return new AccessPage<TContract>(AccessContracts.Freshness(picture), items, rows.Count, next);
    }
}
