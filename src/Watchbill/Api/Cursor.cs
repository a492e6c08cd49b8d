using System.Buffers.Text;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Microsoft.AspNetCore.Http;
using Watchbill.Contracts;
using Watchbill.Kernel;

namespace Watchbill.Api;

/// <summary>
/// Where a list goes on. To whoever holds it, it means nothing; it works only for the list and the filters it was given for, because with others
/// rows would be left out without anybody noticing.
/// </summary>
/// <param name="Position">How many rows came before, or the id of the last one: as the list likes it.</param>
/// <param name="At">The instant that the list shows, so that all its parts show the same; null for lists without one.</param>
internal readonly record struct Cursor(long Position, DateTimeOffset? At)
{
    private const int LongestBytes = 1024;

    /// <summary>The key after which the list goes on, for lists in the order of their keys; null for others.</summary>
    public string? After { get; init; }

    private const string Version = "1";

    /// <summary>As text, for the list that this request asked for.</summary>
    public string For(HttpRequest request) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Join('.', Version, Number(Position), Number(At?.UtcTicks ?? 0), DigestOf(request), After is null ? "" : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(After)))));

    /// <summary>The part of a list in memory that begins here, and the cursor of the next part; null when this is the last.</summary>
    /// <param name="all">The whole list.</param>
    /// <param name="page">How much is asked for.</param>
    /// <param name="request">Who asks for it.</param>
    /// <param name="contract">What a row becomes.</param>
    /// <param name="at">The instant that the list shows; null for lists without one.</param>
    public (IReadOnlyList<TContract> Items, string? Next) Part<TRow, TContract>(
        IReadOnlyList<TRow> all, PageQuery page, HttpRequest request, Func<TRow, TContract> contract, DateTimeOffset? at = null)
    {
        var part = all.Skip((int)Math.Min(Position, int.MaxValue)).Take(page.Limit ?? PageQuery.DefaultLimit).Select(contract).ToList();
        return (part, Behind(part.Count, all.Count, request, at));
    }

    /// <summary>The cursor of what comes after so many rows from here; null when that is all.</summary>
    public string? Behind(int rows, int total, HttpRequest request, DateTimeOffset? at = null) =>
        Position + rows < total ? new Cursor(Position + rows, at).For(request) : null;

    /// <summary>Reads the one that a request carries; the beginning when it carries none.</summary>
    public static Result<Cursor> Of(HttpRequest request, string? text)
    {
        if (text is null)
        {
            return default(Cursor);
        }

        return Parts(text) is [Version, var position, var ticks, var digest, var after]
            && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTimeOffset.MaxValue.UtcTicks
            && digest == DigestOf(request) && Base64Url.IsValid(after)
                ? new Cursor(number, at == 0 ? null : new DateTimeOffset(at, TimeSpan.Zero)) { After = after.Length == 0 ? null : Encoding.UTF8.GetString(Base64Url.DecodeFromChars(after)) }
                : new Refusal(RefusalKind.Invalid, "bad-cursor", "The cursor is not one of this list with these filters. Begin again without a cursor.");
    }

    private static string[] Parts(string text)
    {
        Span<byte> bytes = stackalloc byte[LongestBytes];
        return Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var length) ? Encoding.ASCII.GetString(bytes[..length]).Split('.') : [];
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The address and filters, without what differs between the parts of one list.</summary>
    private static string DigestOf(HttpRequest request)
    {
        var filters = request.Query
            .Where(static pair => !pair.Key.Equals("cursor", StringComparison.OrdinalIgnoreCase) && !pair.Key.Equals("limit", StringComparison.OrdinalIgnoreCase))
            .OrderBy(static pair => pair.Key, StringComparer.OrdinalIgnoreCase)
            .Select(static pair => $"{pair.Key.ToUpperInvariant()}={pair.Value}");
        return XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(string.Join('\n', filters.Prepend(request.Path.Value)))).ToString("x", CultureInfo.InvariantCulture);
    }
}
