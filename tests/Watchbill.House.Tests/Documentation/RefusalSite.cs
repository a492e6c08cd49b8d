using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Watchbill.House.Tests.Sources;

namespace Watchbill.House.Tests.Documentation;

/// <summary>A place in the product where a refusal is made: anything constructed from a <c>RefusalKind</c>, a code and a message.</summary>
/// <param name="Kind">The member of <c>RefusalKind</c>.</param>
/// <param name="Code">The code, inserted words in braces.</param>
/// <param name="Message">The sentence, inserted values in braces.</param>
/// <param name="Place">Path and line.</param>
internal sealed partial record RefusalSite(string Kind, string Code, string Message, string Place)
{
    public static IEnumerable<RefusalSite> All =>
        from file in SourceFile.Product
        from list in file.Nodes<ArgumentListSyntax>()
        where list.Arguments.Count >= 3 && KindOf(list.Arguments[0].Expression) is not null
        from said in Branches(list.Arguments[1].Expression).Zip(Branches(list.Arguments[2].Expression))
        select new RefusalSite(KindOf(list.Arguments[0].Expression)!, SourceText.Of(said.First), SourceText.Of(said.Second), file.Place(list));

    /// <summary>Whether the code can be found in the source as it is: kebab-case, at most one word of it inserted.</summary>
    public bool HasReadableCode => KebabCase().IsMatch(Code);

    private static string? KindOf(ExpressionSyntax expression) =>
        expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "RefusalKind" } } access ? access.Name.Identifier.Text : null;

    /// <summary>A choice between two is read as both; code and message choose alike.</summary>
    private static ExpressionSyntax[] Branches(ExpressionSyntax expression) => expression is ConditionalExpressionSyntax choice
        ? [choice.WhenTrue, choice.WhenFalse]
        : [expression, expression];

    [GeneratedRegex(@"^(?:\{[a-z]+\}-)?[a-z0-9]+(?:-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();
}
