using System.Globalization;
using Watchbill.Compliance;
using Watchbill.Kernel;

namespace Watchbill.Engagements;

/// <summary>
/// A request list as auditors have it: comma, semicolon or tab between, headings in the first line. It must have the columns <c>title</c> and <c>text</c>; it may have <c>control</c> and <c>due</c>. All lines or none.
/// </summary>
internal static class EvidenceRequestFile
{
    private const int MostErrors = 20;
    private static readonly CsvShape Shape = new(["title", "text"], ["control", "due"], EvidenceRequestDraft.MostRequests);

    /// <summary>Reads one.</summary>
    /// <param name="csv">The file.</param>
    /// <param name="room">For which engagement.</param>
    /// <returns>A refusal that names the lines when any is wrong.</returns>
    public static Result<IReadOnlyList<EvidenceRequestDraft>> Read(string csv, Entered room)
    {
        if (csv.Length > EvidenceRequests.MostCharacters)
        {
            return EngagementRefusals.BadRequestFile([$"A file holds at most {EvidenceRequests.MostCharacters:N0} characters; split it."]);
        }

        List<string> errors = [];
        List<EvidenceRequestDraft> drafts = [];
        foreach (var line in CsvLines.Read(csv, Shape, (number, sentence) => errors.Add($"Line {number}: {sentence}")))
        {
            var (draft, problem) = Read(line, room);
            if (problem is not null)
            {
                errors.Add($"Line {line.Number}: {problem}");
            }

            drafts.AddRange(draft is null ? [] : [draft]);
        }

        if (errors.Count == 0 && drafts.Count is 0 or > EvidenceRequestDraft.MostRequests)
        {
            errors.Add($"A file holds 1 to {EvidenceRequestDraft.MostRequests:N0} requests.");
        }

        return errors.Count > 0 ? EngagementRefusals.BadRequestFile([.. errors.Take(MostErrors)]) : drafts;
    }

    private static (EvidenceRequestDraft? Draft, string? Problem) Read(CsvLine line, Entered room)
    {
        DateTimeOffset? due = null;
        if (line.Cell("due") is { Length: > 0 } date)
        {
            if (!DateTimeOffset.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
            {
                return (null, "A date is written as 2027-03-31.");
            }

            // By the end of that day.
            due = day.AddDays(1);
        }

        var draft = new EvidenceRequestDraft(line.Cell("title"), line.Cell("text")) { Control = line.Cell("control") is { Length: > 0 } control ? control : null, DueAt = due };
        return draft.Problem(room) is { } problem ? (null, problem.Message) : (draft, null);
    }
}
