using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Watchbill.House.Tests.Sources;

/// <summary>One C# file of the repository, parsed.</summary>
internal sealed class SourceFile
{
    private static readonly Lazy<IReadOnlyList<SourceFile>> Parsed = new(() =>
        [.. RepositoryFiles.All.Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Select(path => new SourceFile(path))]);

    private SourceFile(string path)
    {
        Path = path;
        Syntax = CSharpSyntaxTree.ParseText(RepositoryFiles.Read(path), new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot();
    }

    /// <summary>Every file: product, tests and benchmarks.</summary>
    public static IReadOnlyList<SourceFile> All => Parsed.Value;

    /// <summary>The files that make up the product.</summary>
    public static IEnumerable<SourceFile> Product => All.Where(file => !file.IsTest);

    /// <summary>From the repository's root, with forward slashes.</summary>
    public string Path { get; }

    public CompilationUnitSyntax Syntax { get; }

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal) || Path.StartsWith("bench/", StringComparison.Ordinal);

    public int Lines => Syntax.GetText().Lines.Count - 1;

    /// <summary>The types that are not inside another one.</summary>
    public IReadOnlyList<string> TypeNames =>
    [
        .. Nodes<BaseTypeDeclarationSyntax>().Where(type => type.Parent is not TypeDeclarationSyntax).Select(type => type.Identifier.Text),
        .. Nodes<DelegateDeclarationSyntax>().Where(type => type.Parent is not TypeDeclarationSyntax).Select(type => type.Identifier.Text),
    ];

    public IEnumerable<T> Nodes<T>()
        where T : SyntaxNode => Syntax.DescendantNodes().OfType<T>();

    /// <summary>Where a node stands, as <c>path:line</c>.</summary>
    public string Place(SyntaxNode node) => $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    /// <summary>How many lines a node covers, without the comments before it.</summary>
    public static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
