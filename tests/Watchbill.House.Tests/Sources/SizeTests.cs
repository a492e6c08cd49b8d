using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Watchbill.House.Tests.Sources;

/// <summary>Limits that keep files and methods readable. What must be larger stands here by name, with the reason.</summary>
public sealed class SizeTests
{
    private const int SourceLines = 400;
    private const int TestLines = 800;
    private const int MethodLines = 60;
    private const int Parameters = 5;
    private const int RecordParameters = 8;
    private const int Collaborators = 7;

    /// <summary>"path" or "path#member", and why it may break a limit.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["tests/Watchbill.Tests/Access/Effective/AccessModel.cs#Ask"] = "the independent model is one list of rules, to be read from top to bottom beside the documentation",
    };

    [Fact]
    public void No_file_is_longer_than_its_limit()
    {
        var long_ = SourceFile.All.Where(file => file.Lines > (file.IsTest ? TestLines : SourceLines));

        Violations.None(long_.Where(file => !Exceptions.ContainsKey(file.Path)).Select(file => $"{file.Path} has {file.Lines} lines"), "Split these files by topic.");
    }

    [Fact]
    public void No_method_is_longer_than_the_limit()
    {
        var long_ = from file in SourceFile.All
                    from member in file.Nodes<SyntaxNode>().Where(IsMethod)
                    where SourceFile.LinesOf(member) > MethodLines && !IsExcepted(file, member)
                    select $"{file.Place(member)} {NameOf(member)} has {SourceFile.LinesOf(member)} lines";

        Violations.None(long_, "Split these methods into steps with names.");
    }

    [Fact]
    public void Nothing_takes_more_parameters_than_the_limit()
    {
        var wide = from file in SourceFile.All
                   from list in file.Nodes<ParameterListSyntax>()
                   where Count(file, list) > Limit(list) && !IsExcepted(file, list.Parent!)
                   select $"{file.Place(list)} {NameOf(list.Parent!)} takes {Count(file, list)} parameters";

        Violations.None(wide, "Give these a record for their input.");
    }

    [Fact]
    public void Every_exception_is_still_needed()
    {
        var paths = Exceptions.Keys.Select(key => key.Split('#')[0]);

        Violations.None(paths.Except(RepositoryFiles.All), "These exceptions name files that are gone.");
    }

    private static bool IsMethod(SyntaxNode node) => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax;

    /// <summary>
    /// The cancellation token and the receiver of an extension method come for free; so do, in tests, the optional parameters of those who
    /// make example data.
    /// </summary>
    private static int Count(SourceFile file, ParameterListSyntax list) => list.Parameters.Count(parameter =>
        !parameter.Modifiers.Any(SyntaxKind.ThisKeyword) && parameter.Type?.ToString() is not "CancellationToken" && !(file.IsTest && parameter.Default is not null));

    /// <summary>A record is read by its names; a constructor gets its collaborators by type, from one place of composition.</summary>
    private static int Limit(ParameterListSyntax list) => list.Parent switch
    {
        RecordDeclarationSyntax => RecordParameters,
        ConstructorDeclarationSyntax or TypeDeclarationSyntax => Collaborators,
        _ => Parameters,
    };

    private static bool IsExcepted(SourceFile file, SyntaxNode member) =>
        Exceptions.ContainsKey(file.Path) || Exceptions.ContainsKey($"{file.Path}#{NameOf(member)}");

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        AccessorDeclarationSyntax accessor => accessor.Keyword.Text,
        _ => node.Kind().ToString(),
    };
}
