using System.Collections.Immutable;
using System.Globalization;

namespace Watchbill.Terraform.Values;

/// <summary>A value of Terraform's language: null, not known yet, a text, a number, a truth, a list, or a map. Sets are lists in any order, objects are maps.</summary>
internal abstract record Value
{
    /// <summary>Nothing.</summary>
    public static Value Null { get; } = new NullValue();

    /// <summary>Known only once something was applied.</summary>
    public static Value Unknown { get; } = new UnknownValue();

    /// <summary>Whether it is nothing.</summary>
    public bool IsNull => this is NullValue;

    /// <summary>Whether it, or a part of it, is not known yet.</summary>
    public bool IsUnknown => this switch
    {
        UnknownValue => true,
        ListValue list => list.Items.Any(static item => item.IsUnknown),
        MapValue map => map.Entries.Values.Any(static entry => entry.IsUnknown),
        _ => false,
    };

    /// <summary>A text; nothing for null.</summary>
    public static Value Of(string? text) => text is null ? Null : new TextValue(text);

    /// <summary>A number; nothing for null.</summary>
    public static Value Of(double? number) => number is { } known ? new NumberValue(known) : Null;

    /// <summary>A truth.</summary>
    public static Value Of(bool truth) => new TruthValue(truth);

    /// <summary>An instant, as text.</summary>
    public static Value Of(DateTimeOffset? instant) => instant is { } at ? Of(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)) : Null;

    /// <summary>A list of objects; nothing for none.</summary>
    public static Value OfAll(IEnumerable<MapValue> objects) => objects.ToImmutableArray<Value>() is { Length: > 0 } items ? new ListValue(items) : Null;

    /// <summary>A list of texts; nothing for none.</summary>
    public static Value OfSome(IEnumerable<string> texts) => Of(texts) is ListValue { Items.Length: > 0 } some ? some : Null;

    /// <summary>A list of texts.</summary>
    public static Value Of(IEnumerable<string> texts) => new ListValue([.. texts.Select(static text => Of(text))]);

    private sealed record NullValue : Value;

    private sealed record UnknownValue : Value;
}

/// <summary>A text.</summary>
internal sealed record TextValue(string Text) : Value;

/// <summary>A number.</summary>
internal sealed record NumberValue(double Number) : Value;

/// <summary>A truth.</summary>
internal sealed record TruthValue(bool Truth) : Value;

/// <summary>A list, or a set.</summary>
internal sealed record ListValue(ImmutableArray<Value> Items) : Value
{
    /// <summary>In any order: sets have none, and lists of ours are sorted.</summary>
    public bool Equals(ListValue? other) => other is not null && Items.Length == other.Items.Length && Items.All(item => Items.Count(item.Equals) == other.Items.Count(item.Equals));

    /// <inheritdoc/>
    public override int GetHashCode() => Items.Length;
}

/// <summary>A map, or an object.</summary>
internal sealed record MapValue(ImmutableSortedDictionary<string, Value> Entries) : Value
{
    /// <summary>What an entry is; nothing where there is none.</summary>
    public Value this[string name] => Entries.GetValueOrDefault(name, Null);

    /// <summary>The text of an entry; null where it is none, or not known.</summary>
    public string? Text(string name) => (this[name] as TextValue)?.Text;

    /// <summary>The number of an entry.</summary>
    public double? Number(string name) => (this[name] as NumberValue)?.Number;

    /// <summary>The truth of an entry.</summary>
    public bool? Truth(string name) => (this[name] as TruthValue)?.Truth;

    /// <summary>The texts of an entry.</summary>
    public IReadOnlyList<string> Texts(string name) => this[name] is ListValue list ? [.. list.Items.OfType<TextValue>().Select(static item => item.Text)] : [];

    /// <summary>The whole number of an entry.</summary>
    public int? Whole(string name) => Number(name) is { } number ? (int)number : null;

    /// <summary>The object of an entry; null where it is none.</summary>
    public MapValue? Part(string name) => this[name] as MapValue;

    /// <summary>The objects of an entry.</summary>
    public IReadOnlyList<MapValue> Parts(string name) => this[name] is ListValue list ? [.. list.Items.OfType<MapValue>()] : [];

    /// <summary>The same with another entry.</summary>
    public MapValue With(string name, Value value) => new(Entries.SetItem(name, value));

    /// <summary>An object.</summary>
    public static MapValue Of(params IEnumerable<(string Name, Value Value)> entries) =>
        new(entries.ToImmutableSortedDictionary(static entry => entry.Name, static entry => entry.Value, StringComparer.Ordinal));

    /// <inheritdoc/>
    public bool Equals(MapValue? other) => other is not null && Entries.Count == other.Entries.Count && Entries.All(entry => other.Entries.TryGetValue(entry.Key, out var value) && value.Equals(entry.Value));

    /// <inheritdoc/>
    public override int GetHashCode() => Entries.Count;
}
