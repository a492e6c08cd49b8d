using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Watchbill.House.Tests.Sources;

namespace Watchbill.House.Tests.Documentation;

/// <summary>The probes of the preflight: each question, and every remedy that the code may answer with, read from the source.</summary>
public sealed class ProbeReferenceTests
{
    private const string Draft = "src/Watchbill/Connectors/Sentry/PreflightDraft.cs";

    [Fact]
    public void The_reference_lists_every_probe() => ApprovedFile.Match("docs/reference/probes.md", Page());

    [Fact]
    public void There_are_probes() => Assert.NotEmpty(Questions());

    private static List<(string Id, string Title)> Questions() =>
    [
        .. from file in SourceFile.Product.Where(file => file.Path == Draft)
           from pair in file.Nodes<TupleExpressionSyntax>()
           where pair.Arguments.Count == 2 && pair.Arguments.All(part => Literal(part) is not null)
           select (Literal(pair.Arguments[0])!, Literal(pair.Arguments[1])!),
    ];

    /// <summary>What is said to do, by probe: the literal third argument of <c>Fail</c> and <c>Warn</c>.</summary>
    private static ILookup<string, string> Remedies() =>
        (from file in SourceFile.Product
         where file.Path.StartsWith("src/Watchbill/Connectors/", StringComparison.Ordinal)
         from call in file.Nodes<InvocationExpressionSyntax>()
         let arguments = call.ArgumentList.Arguments
         where arguments.Count == 3 && call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Fail" or "Warn" }
         where Literal(arguments[0]) is not null && SourceText.Of(arguments[2].Expression) is { Length: > 0 }
         select (Id: Literal(arguments[0])!, Remedy: SourceText.Of(arguments[2].Expression))).ToLookup(pair => pair.Id, pair => pair.Remedy);

    private static string Page()
    {
        var page = new StringBuilder(
            """
            # Probes

            Generated from the code by `tests/Watchbill.House.Tests`; do not edit. Before a connector is saved, `watchbill connect` asks these questions, and
            `watchbill preflight` asks them without saving. Each is answered with what Sentry said and, where something is wrong, with one of these remedies.

            | Probe | Question | Remedies |
            |---|---|---|

            """);
        var remedies = Remedies();
        foreach (var (id, title) in Questions())
        {
            page.Append($"| `{id}` | {title} | {string.Join("<br>", remedies[id].Where(IsSentence).Distinct().Order(StringComparer.Ordinal)).Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return page.ToString();
    }

    /// <summary>A remedy that a method chooses is not readable here; its name in braces would tell nobody anything.</summary>
    private static bool IsSentence(string text) => text.Contains(' ', StringComparison.Ordinal);

    private static string? Literal(ArgumentSyntax argument) =>
        argument.Expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression) ? literal.Token.ValueText : null;
}
