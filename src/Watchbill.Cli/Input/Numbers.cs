using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Watchbill.Cli.Input;

/// <summary>Options whose value is a number within a range; anything else is told in one sentence.</summary>
internal static class Numbers
{
    private const double LeastShare = 0.05;

    public static Option<int> Whole(string name, string description, int standard, (int From, int To) range) => new(name)
    {
        Description = $"{description} [default: {standard:N0}]",
        HelpName = "number",
        DefaultValueFactory = _ => standard,
        CustomParser = result => Read(result, name, range) ?? standard,
    };

    public static Option<int?> OptionalWhole(string name, string description, (int From, int To) range) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = result => Read(result, name, range),
    };

    public static Option<double> Share(string name, string description, double standard) => new(name)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{description} [default: {standard}]"),
        HelpName = "number",
        DefaultValueFactory = _ => standard,
        CustomParser = result => ReadShare(result, name) ?? standard,
    };

    /// <summary>A share that may be left out.</summary>
    public static Option<double?> OptionalShare(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = result => ReadShare(result, name),
    };

    private static int? Read(ArgumentResult result, string name, (int From, int To) range)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= range.From && number <= range.To)
        {
            return number;
        }

        result.AddError($"{name} is a whole number from {range.From:N0} to {range.To:N0}.");
        return null;
    }

    private static double? ReadShare(ArgumentResult result, string name)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= LeastShare and <= 1)
        {
            return share;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is a number from {LeastShare} to 1, for example 0.7."));
        return null;
    }
}
