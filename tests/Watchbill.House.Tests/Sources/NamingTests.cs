using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Watchbill.House.Tests.Sources;

/// <summary>Names say the domain's word.</summary>
public sealed class NamingTests
{
    private static readonly string[] EmptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Processor", "Data", "Info", "Common", "Misc"];

    /// <summary>Files that hold several small types of one topic, and which.</summary>
    private static readonly Dictionary<string, string> NamedAfterTopic = new()
    {
        ["src/Watchbill/Kernel/Ids.cs"] = "the ids of rows that are ours",
        ["src/Watchbill.Sentry/SentryRoles.cs"] = "organization roles and team roles",
    };

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
    public void A_file_is_named_after_a_type_in_it()
    {
        var strangers = SourceFile.Product
            .Where(file => file.Nodes<BaseTypeDeclarationSyntax>().Any() || file.Nodes<DelegateDeclarationSyntax>().Any())
            .Where(file => !TypeNames(file).Contains(Path.GetFileNameWithoutExtension(file.Path).Split('.')[0]));

        Violations.None(strangers.Select(file => file.Path).Except(NamedAfterTopic.Keys), "Name these files after a type in them.");
    }

    [Fact]
    public void Every_asynchronous_method_of_the_product_takes_a_cancellation_token_last()
    {
        var deaf = from file in SourceFile.Product
                   from method in file.Nodes<MethodDeclarationSyntax>()
                   where IsTask(method.ReturnType.ToString()) && !ListensToCancellation(method)
                   select $"{file.Place(method)} {method.Identifier.Text}";

        Violations.None(deaf, "Take a CancellationToken as the last parameter.");
    }

    private static IEnumerable<string> TypeNames(SourceFile file) =>
        file.Nodes<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.Text).Concat(file.Nodes<DelegateDeclarationSyntax>().Select(type => type.Identifier.Text));

    private static bool IsTask(string type) =>
        type is "Task" or "ValueTask" || type.StartsWith("Task<", StringComparison.Ordinal) || type.StartsWith("ValueTask<", StringComparison.Ordinal);

    /// <summary>A handler of a request finds the token in the request; an override cannot add one.</summary>
    private static bool ListensToCancellation(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters.LastOrDefault()?.Type?.ToString() is "CancellationToken"
        || method.ParameterList.Parameters.Any(parameter => parameter.Type?.ToString() is "HttpContext")
        || method.Modifiers.Any(modifier => modifier.Text is "override")
        || method.Identifier.Text is "DisposeAsync" or "Main";
}
