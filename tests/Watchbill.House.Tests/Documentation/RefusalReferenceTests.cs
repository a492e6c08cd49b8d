using System.Text;

namespace Watchbill.House.Tests.Documentation;

/// <summary>Refusal codes are promises: literal, kebab-case, of one kind, and listed in the reference.</summary>
public sealed class RefusalReferenceTests
{
    [Fact]
    public void Every_code_is_a_kebab_case_literal() =>
        Violations.None(
            RefusalSite.All.Where(site => !site.HasReadableCode).Select(site => $"{site.Place} {site.Code}"),
            "Write the code of a refusal as a kebab-case literal where the refusal is made, so that it can be found and listed.");

    [Fact]
    public void A_code_is_always_of_the_same_kind() =>
        Violations.None(
            RefusalSite.All.GroupBy(site => site.Code).Where(sites => sites.DistinctBy(site => site.Kind).Count() > 1).Select(sites => sites.Key),
            "These codes are of different kinds in different places.");

    [Fact]
    public void The_reference_lists_every_code() => ApprovedFile.Match("docs/reference/refusals.md", Page());

    private static string Page()
    {
        var page = new StringBuilder(
            """
            # Refusal codes

            Generated from the code by `tests/Watchbill.House.Tests`; do not edit. When Watchbill says no, it says one of these codes and a sentence. The codes are
            stable; tools may depend on them. Words in braces are filled in.

            | Code | Kind | Says |
            |---|---|---|

            """);
        foreach (var site in RefusalSite.All.DistinctBy(site => (site.Code, site.Message)).OrderBy(site => site.Code, StringComparer.Ordinal).ThenBy(site => site.Message, StringComparer.Ordinal))
        {
            page.Append($"| `{site.Code}` | {site.Kind} | {Cell(site.Message)} |\n");
        }

        return page.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
