using System.Globalization;
using System.Text.Json;

namespace Watchbill.Cli.Output;

/// <summary>One value of an answer; knows how each format writes it. The null value is a missing one: empty in text, null in JSON.</summary>
internal readonly record struct Cell
{
    private readonly object? _value;

    private Cell(object? value) => _value = value;

    public static implicit operator Cell(string? value) => new(value);

    public static implicit operator Cell(bool? value) => new(value);

    public static implicit operator Cell(bool value) => new(value);

    public static implicit operator Cell(long? value) => new(value);

    public static implicit operator Cell(long value) => new(value);

    public static implicit operator Cell(int value) => new((long)value);

    public static implicit operator Cell(double value) => new(value);

    public static implicit operator Cell(DateTimeOffset? value) => new(value?.ToUniversalTime());

    public static implicit operator Cell(DateTimeOffset value) => new(value.ToUniversalTime());

    public static implicit operator Cell(string[]? values) => new(values);

    public static implicit operator Cell(List<string> values) => new(values.ToArray());

    /// <summary>For people: minutes are precise enough, several values are listed.</summary>
    public string ForPeople() => _value switch
    {
        null => "",
        bool yes => yes ? "yes" : "no",
        long number => number.ToString("N0", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        string[] values => string.Join("; ", values),
        _ => Exact(),
    };

    /// <summary>For programs that read text: nothing is rounded.</summary>
    public string Exact() => _value switch
    {
        null => "",
        string text => text,
        bool yes => yes ? "true" : "false",
        DateTimeOffset moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        string[] values => string.Join("; ", values),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"A cell cannot hold {_value.GetType().Name}."),
    };

    public void WriteTo(Utf8JsonWriter json)
    {
        switch (_value)
        {
            case null: json.WriteNullValue(); break;
            case bool yes: json.WriteBooleanValue(yes); break;
            case long number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case string[] values:
                json.WriteStartArray();
                Array.ForEach(values, json.WriteStringValue);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(Exact()); break;
        }
    }
}
