using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using Watchbill.Kernel;

namespace Watchbill.Reviews;

/// <summary>The frozen population as a file: every grant that is reviewed, in the order of the items, with what was known of it.</summary>
internal static class PopulationFile
{
    private static readonly (string Name, Func<ReviewItem, string?> Value)[] Columns =
    [
        ("kind", static item => Word.Of(item.Kind)),
        ("principal", static item => item.Principal),
        ("name", static item => item.Name),
        ("email", static item => item.Email),
        ("identity", static item => item.Identity?.ToString()),
        ("resource", static item => item.Resource),
        ("resource_name", static item => item.ResourceName),
        ("role", static item => item.Role),
        ("privileged", static item => item.IsPrivileged ? "yes" : "no"),
        ("state", static item => item.Facts.State),
        ("account_kind", static item => item.Facts.AccountKind),
        ("match", static item => item.Facts.Match),
        ("second_factor", static item => item.Facts.TwoFactor switch { true => "yes", false => "no", null => "not told" }),
        ("last_active", static item => Instant(item.Facts.LastActive)),
        ("since", static item => Instant(item.Facts.Since)),
        ("given_by", static item => item.Facts.GivenBy),
        ("projects", static item => item.Facts.Projects.ToString(CultureInfo.InvariantCulture)),
        ("change", static item => item.Change),
        ("reviewer", static item => item.Reviewer.ToString()),
        ("reviewer_by", static item => item.ReviewerBy),
    ];

    public static string Write(IReadOnlyList<ReviewItem> items)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\r\n" }, leaveOpen: true))
        {
            Line(csv, Columns.Select(static column => (string?)column.Name).Prepend("number"));
            for (var index = 0; index < items.Count; index++)
            {
                var item = items[index];
                Line(csv, Columns.Select(column => column.Value(item)).Prepend((index + 1).ToString(CultureInfo.InvariantCulture)));
            }
        }

        return text.ToString();
    }

    public static string Sha256(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    public static string? Instant(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static void Line(CsvWriter csv, IEnumerable<string?> values)
    {
        foreach (var value in values)
        {
            csv.WriteField(value ?? "");
        }

        csv.EndRecord();
    }
}
