namespace Watchbill.Sentry.Paging;

/// <summary>The cursor of a listing that Sentry cuts by position: it counts pages, so that any page can be asked for without the ones before.</summary>
internal static class OffsetCursor
{
    /// <summary>Rows on every page but the last.</summary>
    public const int PageSize = 100;

    /// <summary>The cursor of a page, counted from 0.</summary>
    public static string Of(int page) => $"{PageSize}:{page}:0";
}
