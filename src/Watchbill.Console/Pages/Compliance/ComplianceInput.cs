using System.Globalization;
using System.Text.Json;
using Watchbill.Compliance;

namespace Watchbill.Console.Pages.Compliance;

/// <summary>Parameters as people type them: a list is a text on each line.</summary>
internal static class ComplianceInput
{
    /// <summary>The lines of a list that is kept as JSON.</summary>
    public static IReadOnlyList<string> Lines(string value) => JsonSerializer.Deserialize<string[]>(value) ?? [];

    /// <summary>What was typed, as it is kept.</summary>
    public static string Value(CheckParameter parameter, string typed) => parameter.Kind is ParameterKind.Texts
        ? JsonSerializer.Serialize(typed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        : typed.Trim();

    /// <summary>How it is typed.</summary>
    public static string Help(CheckParameter parameter) => parameter.Kind switch
    {
        ParameterKind.Number or ParameterKind.Share => string.Create(CultureInfo.InvariantCulture, $"From {parameter.Least} to {parameter.Most}."),
        ParameterKind.Flag => "true or false.",
        ParameterKind.Texts => "One on each line.",
        ParameterKind.Pattern => "A regular expression.",
    };
}
