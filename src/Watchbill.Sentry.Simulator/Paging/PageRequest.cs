using System.Globalization;
using Watchbill.Sentry.Simulator.Pipeline;

namespace Watchbill.Sentry.Simulator.Paging;

/// <summary>The paging parameters of a call. A null cursor is the first page.</summary>
internal readonly record struct PageRequest(int PerPage, Cursor? Cursor)
{
    private const int Most = 100;

    /// <summary>Reads <c>per_page</c> (or what issue listings use, <c>limit</c>) and <c>cursor</c>; the refusal has Sentry's words.</summary>
    public static (PageRequest Page, Answer? Refusal) Read(Call call, string sizeParameter = "per_page")
    {
        var size = Most;
        if (call.Query[sizeParameter].ToString() is { Length: > 0 } text && !int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out size))
        {
            return (default, Refusals.Detail(400, $"Invalid {sizeParameter} parameter."));
        }

        if (size is < 1 or > Most)
        {
            return (default, Refusals.Detail(400, $"Invalid {sizeParameter} value. Must be between 1 and {Most}."));
        }

        if (call.Query["cursor"].ToString() is not { Length: > 0 } cursorText)
        {
            return (new PageRequest(size, null), null);
        }

        return Paging.Cursor.TryParse(cursorText, out var cursor)
            ? (new PageRequest(size, cursor), null)
            : (default, Refusals.Detail(400, "Invalid cursor parameter."));
    }
}
