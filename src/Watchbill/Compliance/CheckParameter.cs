using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Watchbill.Compliance;

/// <summary>What sort of value a parameter takes.</summary>
public enum ParameterKind
{
    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A number with decimals.</summary>
    Share,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>A regular expression.</summary>
    Pattern,
}

/// <summary>Something of a check that each connector may set for itself. Values are kept as text: <c>90</c>, <c>0.95</c>, <c>true</c>, <c>["a","b"]</c>.</summary>
public sealed record CheckParameter
{
    /// <summary>The most entries of a list.</summary>
    public const int MostTexts = 1000;

    /// <summary>The longest entry of a list, and the longest pattern.</summary>
    public const int LongestText = 500;

    private CheckParameter(string name, string meaning, ParameterKind kind, string @default)
    {
        Name = name;
        Meaning = meaning;
        Kind = kind;
        Default = @default;
    }

    /// <summary>Its name, unique within its check.</summary>
    public string Name { get; }

    /// <summary>What it does, in one sentence, with the unit.</summary>
    public string Meaning { get; }

    /// <summary>What sort of value it takes.</summary>
    public ParameterKind Kind { get; }

    /// <summary>The value where nobody set another.</summary>
    public string Default { get; }

    /// <summary>The least value of a number; null for what is none.</summary>
    public decimal? Least { get; private init; }

    /// <summary>The greatest value of a number; null for what is none.</summary>
    public decimal? Most { get; private init; }

    internal static CheckParameter Number(string name, string meaning, int @default, int least, int most) =>
        new(name, meaning, ParameterKind.Number, @default.ToString(CultureInfo.InvariantCulture)) { Least = least, Most = most };

    internal static CheckParameter Share(string name, string meaning, decimal @default, decimal least = 0, decimal most = 1) =>
        new(name, meaning, ParameterKind.Share, @default.ToString(CultureInfo.InvariantCulture)) { Least = least, Most = most };

    internal static CheckParameter Flag(string name, string meaning, bool @default) => new(name, meaning, ParameterKind.Flag, @default ? "true" : "false");

    internal static CheckParameter Texts(string name, string meaning, params string[] @default) =>
        new(name, meaning, ParameterKind.Texts, JsonSerializer.Serialize(@default, ComplianceJson.Default.StringArray));

    internal static CheckParameter Pattern(string name, string meaning, string @default) => new(name, meaning, ParameterKind.Pattern, @default);

    /// <summary>Why a value is none for this parameter, in words that follow its name; null when it is one.</summary>
    public string? ProblemOf(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Kind switch
        {
            ParameterKind.Number => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= Least && number <= Most
                ? null : string.Create(CultureInfo.InvariantCulture, $"is a whole number from {Least} to {Most}"),
            ParameterKind.Share => decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share >= Least && share <= Most
                ? null : string.Create(CultureInfo.InvariantCulture, $"is a number from {Least} to {Most}"),
            ParameterKind.Flag => value is "true" or "false" ? null : "is true or false",
            ParameterKind.Texts => TextsOf(value) is { } texts && texts.Length <= MostTexts && Array.TrueForAll(texts, static text => text is { Length: > 0 and <= LongestText })
                ? null : $"is a JSON list of at most {MostTexts} texts of 1 to {LongestText} characters each, for example [\"a\",\"b\"]",
            ParameterKind.Pattern => IsPattern(value) ? null : $"is a regular expression of at most {LongestText} characters without look-around and back-references",
        };
    }

    /// <summary>The list that a value is; null when it is none.</summary>
    internal static string[]? TextsOf(string value)
    {
        try
        {
            return JsonSerializer.Deserialize(value, ComplianceJson.Default.StringArray);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A pattern that anybody may set must not take for ever: the engine without backtracking promises that.</summary>
    internal static Regex PatternOf(string value) => new(value, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static bool IsPattern(string value)
    {
        if (value.Length is 0 or > LongestText)
        {
            return false;
        }

        try
        {
            PatternOf(value);
            return true;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
