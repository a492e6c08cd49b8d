using System.Text;
using Watchbill.Compliance;
using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Runs;
using Watchbill.Kernel;

namespace Watchbill.House.Tests.Documentation;

/// <summary>The reference of checks is made from the code, and a stale one fails here.</summary>
public sealed class CheckReferenceTests
{
    [Fact]
    public void The_reference_says_what_the_code_says() => ApprovedFile.Match("docs/reference/checks.md", Render());

    private static string Render()
    {
        var text = new StringBuilder(
            """
            # Checks

            What Watchbill looks at in what it stored of a Sentry organization. A check whose inputs were not read completely within three days is not evaluated; a field that Sentry does not tell makes that
            resource not evaluated. A passing check is evidence for a part of the controls that are named, never proof of them.

            Generated; a test fails when it is stale.

            """);
        foreach (var check in CheckQueries.Definitions)
        {
            text.Append($"\n## {check.Id}\n\n{check.Title}. {check.Rationale}\n\n");
            text.Append($"- severity: {Word.Of(check.Severity)}; version {check.Version}\n");
            text.Append($"- asserts: {check.Asserts}\n");
            text.Append($"- fields: {string.Join(", ", check.Fields.Select(static field => $"`{field}`"))}\n");
            text.Append($"- scopes: {(check.Scopes.Count == 0 ? "none" : string.Join(", ", check.Scopes.Select(static scope => $"`{scope}`")))}\n");
            foreach (var parameter in check.Parameters)
            {
                text.Append($"- parameter `{parameter.Name}` ({Word.Of(parameter.Kind)}{Range(parameter)}, default `{parameter.Default}`): {parameter.Meaning}\n");
            }

            text.Append($"- remediation: {check.Remediation}\n");
            text.Append($"- evidence for: {string.Join("; ", FrameworkCatalogue.All.Select(framework => (framework.Name, Controls: framework.Controls.Where(control => control.Checks.Contains(check.Id)).Select(static control => control.Id).ToList()))
                .Where(static one => one.Controls.Count > 0).Select(static one => $"{one.Name} {string.Join(", ", one.Controls)}"))}\n");
        }

        return text.ToString();
    }

    private static string Range(CheckParameter parameter) => parameter.Least is null ? "" : FormattableString.Invariant($" from {parameter.Least} to {parameter.Most}");
}
