using System.Text;
using Watchbill.Evidence;

namespace Watchbill.House.Tests.Documentation;

/// <summary>The reference of what is collected is written from the code that collects it.</summary>
public sealed class EvidenceReferenceTests
{
    [Fact]
    public void The_reference_lists_every_kind_with_what_is_stored() => ApprovedFile.Match("docs/reference/evidence.md", Reference());

    private static string Reference()
    {
        var text = new StringBuilder(
            """
            # Evidence

            What is collected from Sentry beside access, and which fields of it are stored. Nothing else of an answer is kept: no titles, messages or
            culprits, no names and addresses of people, no secrets, no payloads of events. A change of a field under "with history" begins a new period; of those under "last value only"
            the last value is kept.

            Generated; a test fails when it is stale.

            """);
        foreach (var kind in EvidenceKinds.All)
        {
            text.Append('\n').Append("## ").Append(kind.Title).Append("\n\n");
            Line(text, "name", $"`{kind.Name}`");
            Line(text, "asked of Sentry", $"`{kind.Reads}`");
            Line(text, "needs one of", string.Join(", ", kind.Scopes.Select(static scope => $"`{scope}`")));
            Line(text, "with history", string.Join(", ", kind.Keeps));
            Line(text, "last value only", kind.Counts.Count == 0 ? "nothing" : string.Join(", ", kind.Counts));
            Line(text, "read", kind.IsOnDemand ? "of one issue, when somebody asks" : kind.Part is { } part ? $"{part} by {part}, once a day where something changed" : "once a day, and when somebody asks");
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string name, string value) => text.Append("- ").Append(name).Append(": ").Append(value).Append('\n');
}
