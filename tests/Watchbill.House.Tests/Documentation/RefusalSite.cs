using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Watchbill.House.Tests.Sources;

namespace Watchbill.House.Tests.Documentation;

/// <summary>A place in the product where a refusal is made: anything constructed from a <c>RefusalKind</c>, a code and a message.</summary>
/// <param name="Kind">The member of <c>RefusalKind</c>.</param>
/// <param name="Code">The code; null when it is not a literal.</param>
/// <param name="Message">The sentence, with the inserted values in braces.</param>
/// <param name="Place">Path and line.</param>
internal sealed record RefusalSite(string Kind, string? Code, string Message, string Place)
{
    public static IEnumerable<RefusalSite> All =>
        from file in SourceFile.Product
        from list in file.Nodes<ArgumentListSyntax>()
        where list.Arguments.Count >= 3 && KindOf(list.Arguments[0].Expression) is not null
        let arguments = list.Arguments
        select new RefusalSite(KindOf(arguments[0].Expression)!, Literal(arguments[1].Expression), SourceText.Of(arguments[2].Expression), file.Place(list));

    private static string? KindOf(ExpressionSyntax expression) =>
        expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "RefusalKind" } } access ? access.Name.Identifier.Text : null;

    private static string? Literal(ExpressionSyntax expression) =>
        expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression) ? literal.Token.ValueText : null;
}
