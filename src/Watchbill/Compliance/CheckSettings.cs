using System.Globalization;
using System.Text.RegularExpressions;

namespace Watchbill.Compliance;

/// <summary>The values that the parameters of one check have for one connector.</summary>
/// <param name="values">Values by parameter name, checked when they were set; what is missing has its default.</param>
internal sealed class CheckSettings(IReadOnlyDictionary<string, string> values)
{
    private readonly Dictionary<string, object> _parsed = new(StringComparer.Ordinal);

    /// <summary>All defaults.</summary>
    public static CheckSettings Defaults => new(new Dictionary<string, string>());

    /// <summary>The value as it is kept.</summary>
    public string Text(CheckParameter parameter) => values.GetValueOrDefault(parameter.Name) ?? parameter.Default;

    public int Number(CheckParameter parameter) => Once(parameter, static text => int.Parse(text, CultureInfo.InvariantCulture));

    public decimal Share(CheckParameter parameter) => Once(parameter, static text => decimal.Parse(text, CultureInfo.InvariantCulture));

    public bool Flag(CheckParameter parameter) => Text(parameter) is "true";

    public IReadOnlySet<string> Texts(CheckParameter parameter) =>
        Once<IReadOnlySet<string>>(parameter, static text => CheckParameter.TextsOf(text)!.ToHashSet(StringComparer.OrdinalIgnoreCase));

    public Regex Pattern(CheckParameter parameter) => Once(parameter, CheckParameter.PatternOf);

    private T Once<T>(CheckParameter parameter, Func<string, T> parse)
        where T : notnull
    {
        if (!_parsed.TryGetValue(parameter.Name, out var value))
        {
            _parsed[parameter.Name] = value = parse(Text(parameter));
        }

        return (T)value;
    }
}
