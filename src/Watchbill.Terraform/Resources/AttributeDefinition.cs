using System.Collections.Immutable;
using System.Globalization;
using Google.Protobuf;
using Watchbill.Terraform.Protocol;
using Watchbill.Terraform.Values;

namespace Watchbill.Terraform.Resources;

/// <summary>What an attribute is to whoever writes a configuration.</summary>
internal enum AttributeUse
{
    /// <summary>They write it.</summary>
    Required,

    /// <summary>They may write it.</summary>
    Optional,

    /// <summary>They may write it; Watchbill says otherwise what it is.</summary>
    OptionalComputed,

    /// <summary>Watchbill says what it is.</summary>
    Computed,
}

/// <summary>An attribute of a resource, a data source or the provider.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as Terraform writes types in JSON.</param>
/// <param name="Use">Who writes it.</param>
/// <param name="Description">What it means.</param>
internal sealed record AttributeDefinition(string Name, string Type, AttributeUse Use, string Description)
{
    public const string Text = "\"string\"";
    public const string Number = "\"number\"";
    public const string Truth = "\"bool\"";
    public const string Texts = "[\"set\",\"string\"]";
    public const string TextsInOrder = "[\"list\",\"string\"]";

    /// <summary>An object, with <see cref="Parts"/>.</summary>
    public const string Part = "object";

    /// <summary>A list of objects, with <see cref="Parts"/>.</summary>
    public const string PartsInOrder = "objects";

    /// <summary>The attributes of its object or objects.</summary>
    public ImmutableArray<AttributeDefinition> Parts { get; init; } = [];

    /// <summary>Whether Terraform hides it.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>Whether another value needs another thing.</summary>
    public bool Replaces { get; init; }

    /// <summary>Whether it stays what it is for as long as the thing is there.</summary>
    public bool IsSteady { get; init; }

    /// <summary>What it is where nobody wrote it; null when Watchbill says.</summary>
    public Value? Default { get; init; }

    /// <summary>Whether a configuration may hold it.</summary>
    public bool IsWritten => Use is not AttributeUse.Computed;

    /// <summary>As the protocol writes it.</summary>
    public Protocol.Attribute ToProtocol() => new()
    {
        Name = Name,
        Type = Parts.IsEmpty ? ByteString.CopyFromUtf8(Type) : ByteString.Empty,
        NestedType = Parts.IsEmpty ? null : new Nested
        {
            Nesting = Type == Part ? Nested.Types.Nesting.Single : Nested.Types.Nesting.List,
            Attributes = { Parts.OrderBy(static part => part.Name, StringComparer.Ordinal).Select(static part => part.ToProtocol()) },
        },
        Description = Description,
        Required = Use is AttributeUse.Required,
        Optional = Use is AttributeUse.Optional or AttributeUse.OptionalComputed,
        Computed = Use is AttributeUse.Computed or AttributeUse.OptionalComputed || Default is not null,
        Sensitive = IsSensitive,
    };

    /// <summary>A list of objects of texts, numbers and truths.</summary>
    public static string Objects(params IEnumerable<(string Name, string Type)> fields) =>
        $"[\"list\",[\"object\",{{{string.Join(',', fields.Select(static field => $"\"{field.Name}\":{field.Type}"))}}}]]";
}

/// <summary>The attributes of something.</summary>
/// <param name="Description">What it is.</param>
/// <param name="Attributes">Its attributes.</param>
internal sealed record Definition(string Description, ImmutableArray<AttributeDefinition> Attributes)
{
    /// <summary>As the protocol writes it.</summary>
    public Schema ToProtocol()
    {
        var block = new Block { Description = Description };
        block.Attributes.AddRange(Attributes.OrderBy(static attribute => attribute.Name, StringComparer.Ordinal).Select(static attribute => attribute.ToProtocol()));
        return new Schema { Block = block };
    }

    /// <summary>A value of this shape: every attribute is there, and numbers that came as text are numbers.</summary>
    /// <exception cref="ValueException">It is no object.</exception>
    public MapValue Shape(Value value) => value is MapValue map
        ? MapValue.Of(Attributes.Select(attribute => (attribute.Name, attribute.Type == AttributeDefinition.Number ? NumberOf(map[attribute.Name]) : map[attribute.Name])))
        : throw new ValueException("Terraform sent something that is no object.");

    private static Value NumberOf(Value value) =>
        value is TextValue { Text: var text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Value.Of(number) : value;
}
