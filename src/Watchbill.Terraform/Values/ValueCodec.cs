using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using MessagePack;
using Watchbill.Terraform.Protocol;

namespace Watchbill.Terraform.Values;

/// <summary>Values as they are on the wire: MessagePack, where an extension of any kind stands for what is not known yet; or JSON, as states are stored.</summary>
internal static class ValueCodec
{
    private const int Deepest = 32;

    /// <summary>Reads a value.</summary>
    /// <exception cref="ValueException">It is none.</exception>
    public static Value Read(DynamicValue? value)
    {
        try
        {
            if (value is null || (value.Msgpack.IsEmpty && value.Json.IsEmpty))
            {
                return Value.Null;
            }

            if (value.Msgpack.IsEmpty)
            {
                return ReadJson(value.Json.Span);
            }

            var reader = new MessagePackReader(value.Msgpack.ToByteArray());
            return Read(ref reader, 0);
        }
        catch (Exception wrong) when (wrong is MessagePackSerializationException or EndOfStreamException or JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new ValueException("Terraform sent a value that cannot be read.", wrong);
        }
    }

    /// <summary>Reads a value that is stored as JSON.</summary>
    public static Value ReadJson(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Deepest });
            return Read(JsonElement.ParseValue(ref reader));
        }
        catch (JsonException wrong)
        {
            throw new ValueException("Terraform sent a state that cannot be read.", wrong);
        }
    }

    /// <summary>Writes a value.</summary>
    public static DynamicValue Write(Value value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        Write(ref writer, value);
        writer.Flush();
        return new DynamicValue { Msgpack = ByteString.CopyFrom(buffer.WrittenSpan) };
    }

    private static Value Read(ref MessagePackReader reader, int depth)
    {
        if (depth > Deepest)
        {
            throw new ValueException("Terraform sent a value that is nested too deeply.");
        }

        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil:
                reader.ReadNil();
                return Value.Null;
            case MessagePackType.Extension:
                reader.Skip();
                return Value.Unknown;
            case MessagePackType.Boolean:
                return Value.Of(reader.ReadBoolean());
            case MessagePackType.Integer or MessagePackType.Float:
                return Value.Of(reader.ReadDouble());
            case MessagePackType.String:
                return Value.Of(reader.ReadString());
            case MessagePackType.Array:
                var items = ImmutableArray.CreateBuilder<Value>();
                for (var left = reader.ReadArrayHeader(); left > 0; left--)
                {
                    items.Add(Read(ref reader, depth + 1));
                }

                return new ListValue(items.ToImmutable());
            case MessagePackType.Map:
                var entries = ImmutableSortedDictionary.CreateBuilder<string, Value>(StringComparer.Ordinal);
                for (var left = reader.ReadMapHeader(); left > 0; left--)
                {
                    entries[reader.ReadString() ?? ""] = Read(ref reader, depth + 1);
                }

                return new MapValue(entries.ToImmutable());
            default:
                throw new ValueException("Terraform sent a value of a kind that no schema here has.");
        }
    }

    private static Value Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => Value.Of(json.GetString()),
        JsonValueKind.Number => Value.Of(json.GetDouble()),
        JsonValueKind.True => Value.Of(true),
        JsonValueKind.False => Value.Of(false),
        JsonValueKind.Array => new ListValue([.. json.EnumerateArray().Select(static item => Read(item))]),
        JsonValueKind.Object => MapValue.Of(json.EnumerateObject().Select(static entry => (entry.Name, Read(entry.Value)))),
        _ => Value.Null,
    };

    private static void Write(ref MessagePackWriter writer, Value value)
    {
        switch (value)
        {
            case TextValue text:
                writer.Write(text.Text);
                break;
            case NumberValue { Number: var number } when number == Math.Truncate(number) && Math.Abs(number) < 1L << 53:
                writer.Write((long)number);
                break;
            case NumberValue number:
                // As text: Terraform compares exactly, and a binary fraction is not the decimal one that somebody wrote.
                writer.Write(number.Number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case TruthValue truth:
                writer.Write(truth.Truth);
                break;
            case ListValue list:
                writer.WriteArrayHeader(list.Items.Length);
                foreach (var item in list.Items)
                {
                    Write(ref writer, item);
                }

                break;
            case MapValue map:
                writer.WriteMapHeader(map.Entries.Count);
                foreach (var (name, entry) in map.Entries)
                {
                    writer.Write(name);
                    Write(ref writer, entry);
                }

                break;
            case { IsUnknown: true }:
                writer.WriteExtensionFormat(new ExtensionResult(0, new ReadOnlySequence<byte>(new byte[1])));
                break;
            default:
                writer.WriteNil();
                break;
        }
    }
}

/// <summary>A value cannot be read.</summary>
internal sealed class ValueException(string message, Exception? cause = null) : Exception(message, cause);
