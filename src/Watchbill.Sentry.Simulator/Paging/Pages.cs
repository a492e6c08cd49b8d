using System.Text.Json;
using Watchbill.Sentry.Simulator.Pipeline;

namespace Watchbill.Sentry.Simulator.Paging;

/// <summary>One page of a listing as an answer. One method for each of Sentry's paginators that works on rows at hand.</summary>
internal static class Pages
{
    /// <summary>
    /// Offset paginator: cursor value = page size, offset = page number. When the value is not <c>per_page</c> it fetches that many rows and
    /// keeps the last ones; a value of zero gives page one for ever. Both are Sentry's behaviour.
    /// </summary>
    public static Answer Offset<T>(Call call, IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> write)
    {
        var (request, refusal) = PageRequest.Read(call);
        if (refusal is not null)
        {
            return refusal;
        }

        var limit = request.PerPage;
        var (page, size) = request.Cursor is { } cursor ? (cursor.Offset, (long)cursor.Value) : (0, 0);
        var start = page * size;
        if (start < 0)
        {
            return Refusals.Detail(400, "Pagination offset cannot be negative");
        }

        var end = Math.Min(rows.Count, start + (size > 0 ? size : limit) + 1);
        if (size != limit)
        {
            start = Math.Max(start, end - limit - 1);
        }

        var found = Math.Max(0, end - start);
        var answer = Rows(rows, (int)Math.Min(start, rows.Count), (int)Math.Min(found, limit), write);
        return answer.With("Link", Link.Header(call, new Cursor(limit, page - 1, true), page > 0, new Cursor(limit, page + 1, false), found > limit));
    }

    /// <summary>Generic offset paginator: cursor value 0, offset = number of the first row.</summary>
    public static Answer GenericOffset<T>(Call call, IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> write)
    {
        var (request, refusal) = PageRequest.Read(call);
        if (refusal is not null)
        {
            return refusal;
        }

        var (start, limit) = (request.Cursor?.Offset ?? 0, request.PerPage);
        if (start < 0)
        {
            return Refusals.Detail(400, "Pagination offset cannot be negative");
        }

        var answer = Rows(rows, (int)Math.Min(start, rows.Count), (int)Math.Clamp(rows.Count - start, 0, limit), write);
        var (previous, next) = (new Cursor(0, Math.Max(0, start - limit), true), new Cursor(0, start + limit, false));
        return answer.With("Link", Link.Header(call, previous, start > 0, next, start + limit < rows.Count));
    }

    /// <summary>A listing that Sentry does not page: no Link header at all.</summary>
    public static Answer All<T>(IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> write) => Rows(rows, 0, rows.Count, write);

    private static Answer Rows<T>(IReadOnlyList<T> rows, int start, int count, Action<Utf8JsonWriter, T> write) => Answer.Json(200, writer =>
    {
        writer.WriteStartArray();
        for (var index = start; index < start + count; index++)
        {
            write(writer, rows[index]);
        }

        writer.WriteEndArray();
    });
}
