using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Watchbill.House.Tests.Sources;

/// <summary>Names say the domain's word.</summary>
public sealed class NamingTests
{
    private static readonly string[] EmptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Processor", "Data", "Info", "Common", "Misc"];

    [Fact]
    public void No_type_is_named_after_nothing()
    {
        var empty = from file in SourceFile.All
                    from type in file.Nodes<BaseTypeDeclarationSyntax>()
                    where EmptyWords.Any(word => type.Identifier.Text.EndsWith(word, StringComparison.Ordinal))
                    select $"{file.Place(type)} {type.Identifier.Text}";

        Violations.None(empty, "Say the domain's word instead.");
    }

    [Fact]
    public void A_file_with_one_type_is_named_after_it()
    {
        var strangers = from file in SourceFile.All
                        let types = file.TypeNames
                        where types.Count == 1 && types[0] != Path.GetFileName(file.Path).Split('.')[0]
                        select $"{file.Path} holds {types[0]}";

        Violations.None(strangers, "Name these files after the type in them.");
    }

    /// <summary>What other projects call. Inside, an object that lives for one question may hold the token.</summary>
    [Fact]
    public void Every_public_asynchronous_method_takes_a_cancellation_token_last()
    {
        var deaf = from file in SourceFile.Product
                   from method in file.Nodes<MethodDeclarationSyntax>()
                   where IsPublic(method.Modifiers) && method.Parent is TypeDeclarationSyntax type && IsPublic(type.Modifiers)
                   where IsTask(method.ReturnType.ToString()) && !ListensToCancellation(method)
                   select $"{file.Place(method)} {method.Identifier.Text}";

        Violations.None(deaf, "Take a CancellationToken as the last parameter.");
    }

    private static bool IsPublic(SyntaxTokenList modifiers) => modifiers.Any(SyntaxKind.PublicKeyword);

    private static bool IsTask(string type) =>
        type is "Task" or "ValueTask" || type.StartsWith("Task<", StringComparison.Ordinal) || type.StartsWith("ValueTask<", StringComparison.Ordinal);

    /// <summary>An override cannot add one.</summary>
    private static bool ListensToCancellation(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters.LastOrDefault()?.Type?.ToString() is "CancellationToken"
        || method.Modifiers.Any(modifier => modifier.Text is "override")
        || method.Identifier.Text is "DisposeAsync" or "Main";
}
