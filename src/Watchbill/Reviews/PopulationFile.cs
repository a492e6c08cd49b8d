using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using Watchbill.Kernel;

namespace Watchbill.Reviews;

/// <summary>The frozen population as a file: every grant that is reviewed, in the order of the items, with what was known of it.</summary>
internal static class PopulationFile
{
    private static readonly ItemColumn[] Columns =
    [
        new("kind", static item => Word.Of(item.Kind)),
        new("principal", static item => item.Principal),
        new("name", static item => item.Name),
        new("email", static item => item.Email),
        new("identity", static item => item.Identity?.ToString()),
        new("resource", static item => item.Resource),
        new("resource_name", static item => item.ResourceName),
        new("role", static item => item.Role),
        new("privileged", static item => item.IsPrivileged ? "yes" : "no"),
        new("state", static item => item.Facts.State),
        new("account_kind", static item => item.Facts.AccountKind),
        new("match", static item => item.Facts.Match),
        new("second_factor", static item => item.Facts.TwoFactor switch { true => "yes", false => "no", null => "not told" }),
        new("last_active", static item => Instant(item.Facts.LastActive)),
        new("since", static item => Instant(item.Facts.Since)),
        new("given_by", static item => item.Facts.GivenBy),
        new("projects", static item => item.Facts.Projects.ToString(CultureInfo.InvariantCulture)),
        new("change", static item => item.Change),
        new("reviewer", static item => item.Reviewer.ToString()),
        new("reviewer_by", static item => item.ReviewerBy),
        new("later_reviewers", static item => string.Join("; ", item.Stages.Skip(1).Select(static stage => $"{stage.Reviewer} by {stage.By}"))),
    ];

    /// <summary>The population; its first column counts the rows.</summary>
    public static string Write(IReadOnlyList<ReviewItem> items)
    {
        var number = 0;
        return Write(items, [new("number", _ => (++number).ToString(CultureInfo.InvariantCulture)), .. Columns]);
    }

    /// <summary>Items with these columns (RFC 4180): one header line, then the rows.</summary>
    public static string Write(IReadOnlyList<ReviewItem> items, IReadOnlyList<ItemColumn> columns)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\r\n" }, leaveOpen: true))
        {
            Line(csv, columns.Select(static column => (string?)column.Name));
            foreach (var item in items)
            {
                Line(csv, columns.Select(column => column.Value(item)));
            }
        }

        return text.ToString();
    }

    public static string Sha256(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    public static string? Instant(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Line(CsvWriter csv, IEnumerable<string?> values)
    {
        foreach (var value in values)
        {
            csv.WriteField(value ?? "");
        }

        csv.EndRecord();
    }
}

/// <summary>A column of a file of items: its name for programs, and its value.</summary>
internal sealed record ItemColumn(string Name, Func<ReviewItem, string?> Value);
