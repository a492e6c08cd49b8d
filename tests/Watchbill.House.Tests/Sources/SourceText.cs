using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Watchbill.House.Tests.Sources;

/// <summary>A sentence as the source writes it: literals joined, inserted values by their last name in braces.</summary>
internal static class SourceText
{
    public static string Of(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal => literal.Token.ValueText,
        BinaryExpressionSyntax sum => Of(sum.Left) + Of(sum.Right),
        ParenthesizedExpressionSyntax inner => Of(inner.Expression),
        InterpolatedStringExpressionSyntax interpolated => string.Concat(interpolated.Contents.Select(Of)),
        _ => Inserted(expression),
    };

    private static string Of(InterpolatedStringContentSyntax content) => content switch
    {
        InterpolatedStringTextSyntax text => text.TextToken.ValueText,
        InterpolationSyntax value => Inserted(value.Expression),
        _ => "",
    };

    private static string Inserted(ExpressionSyntax expression) =>
        $"{{{expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().LastOrDefault()?.Identifier.Text ?? "value"}}}";
}
