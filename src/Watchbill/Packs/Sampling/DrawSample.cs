using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Watchbill.Kernel;
using Watchbill.Packs.Container;
using Watchbill.Packs.Verifying;

namespace Watchbill.Packs.Sampling;

/// <summary>
/// Draws rows of a list in a pack so that the selection is nobody's choice: the seed follows from the engagement, the control and the list itself, and whoever has these draws the same rows, with
/// <c>draw_sample.py</c> too. Only from a pack that is intact.
/// </summary>
public static class DrawSample
{
    private const string NoMonth = "none";

    /// <summary>How many rows auditors draw.</summary>
    public static int SizeOf(ControlFrequency frequency) => frequency switch
    {
        ControlFrequency.Annual => 1,
        ControlFrequency.Quarterly or ControlFrequency.Monthly => 2,
        ControlFrequency.Weekly => 5,
        ControlFrequency.Daily => 25,
        ControlFrequency.ManyADay => 40,
    };

    /// <summary>Draws.</summary>
    /// <param name="path">The pack, or the folder that it was unpacked to.</param>
    /// <param name="request">Which rows are wanted.</param>
    /// <exception cref="IOException">The pack cannot be read.</exception>
    public static Result<Sample> Run(string path, SampleRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (IsBad(request.Engagement) || IsBad(request.Control) || request.Size is < 1 or > SampleRequest.MostRows)
        {
            return PackRefusals.BadSample(SampleRequest.MostRows, SampleRequest.LongestText);
        }

        using var files = PackFiles.Of(path);
        if (!VerifyPack.Run(files, fingerprint: null).IsIntact)
        {
            return PackRefusals.NotIntact();
        }

        var file = $"data/{request.List}.jsonl";
        return files.Digests.TryGetValue(file, out var sha256) ? Draw(files.Lines(file), sha256, request) : PackRefusals.NoSuchList(request.List);
    }

    private static bool IsBad(string text) => !OneLine.Fits(text, SampleRequest.LongestText) || text.Contains('|', StringComparison.Ordinal);

    private static Result<Sample> Draw(IEnumerable<string> lines, string sha256, SampleRequest request)
    {
        var seed = Hash($"{request.Engagement}|{request.Control}|{sha256}");
        SortedDictionary<string, Group> groups = new(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            var month = request.By is null ? "" : MonthOf(line, request.By);
            if (month is null)
            {
                return PackRefusals.NoSuchColumn(request.By!);
            }

            groups.TryAdd(month, new Group(request.Size));
            groups[month].Add(new SampledRow(number, Hash($"{seed}\n{line}"), request.By is null ? null : month, line));
        }

        var drawn = Shares(groups, request.Size, number).SelectMany(static share => share.Group.Smallest(share.Count)).OrderBy(static row => row.Line);
        return new Sample(sha256, seed, number, [.. drawn]);
    }

    /// <summary>Each month's share of the rows: whole rows by its part, what is left over to those with the largest remainders.</summary>
    private static IEnumerable<(Group Group, int Count)> Shares(SortedDictionary<string, Group> groups, int size, long rows)
    {
        if (rows <= size)
        {
            return groups.Values.Select(static group => (group, (int)group.Count));
        }

        var whole = groups.ToDictionary(static one => one.Key, one => size * one.Value.Count / rows, StringComparer.Ordinal);
        var left = size - (int)whole.Values.Sum();
        foreach (var month in groups.OrderByDescending(one => size * one.Value.Count % rows).ThenBy(static one => one.Key, StringComparer.Ordinal).Take(left).Select(static one => one.Key))
        {
            whole[month]++;
        }

        return groups.Select(one => (one.Value, (int)whole[one.Key]));
    }

    /// <summary>The month of an instant in a column; null when there is no such column.</summary>
    private static string? MonthOf(string line, string column)
    {
        using var document = JsonDocument.Parse(line);
        return !document.RootElement.TryGetProperty(column, out var value) ? null : value.ValueKind is JsonValueKind.String && value.GetString() is { Length: >= 7 } text ? text[..7] : NoMonth;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The rows of one month with the smallest ranks: never more than could be drawn.</summary>
    private sealed class Group(int most)
    {
        private readonly SortedSet<SampledRow> _smallest = new(Comparer<SampledRow>.Create(static (one, other) =>
            string.CompareOrdinal(one.Rank, other.Rank) is var order && order != 0 ? order : one.Line.CompareTo(other.Line)));

        public long Count { get; private set; }

        public void Add(SampledRow row)
        {
            Count++;
            if (_smallest.Count < most || string.CompareOrdinal(row.Rank, _smallest.Max!.Rank) < 0)
            {
                _smallest.Add(row);
            }

            if (_smallest.Count > most)
            {
                _smallest.Remove(_smallest.Max!);
            }
        }

        public IEnumerable<SampledRow> Smallest(int count) => _smallest.Take(count);
    }
}
