using System.Text.Json;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Rendering;

/// <summary>A row of the audit log. People are whole user objects; an actor without a user is only a name, a lost target only a number.</summary>
internal static class AuditJson
{
    public static void Write(Utf8JsonWriter writer, AuditRow row, World world)
    {
        writer.WriteStartObject();
        writer.WriteId("id"u8, row.Id);
        WriteActor(writer, row.Actor);
        writer.WriteString("event"u8, row.Event);
        writer.WriteString("note"u8, row.Note);
        writer.WriteString("ipAddress"u8, row.Actor.IpAddress);
        if (row.TargetObject is { } target)
        {
            writer.WriteNumber("targetObject"u8, target);
        }
        else
        {
            writer.WriteNull("targetObject"u8);
        }

        WriteTargetUser(writer, row.TargetUserId, world);
        writer.WritePropertyName("data"u8);
        row.Details.WriteTo(writer);
        writer.WriteInstant("dateCreated"u8, row.DateCreated);
        writer.WriteEndObject();
    }

    private static void WriteActor(Utf8JsonWriter writer, Actor actor)
    {
        writer.WritePropertyName("actor"u8);
        if (actor.User is { } user)
        {
            UserJson.Write(writer, user);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("name"u8, actor.Name);
        writer.WriteEndObject();
    }

    private static void WriteTargetUser(Utf8JsonWriter writer, long? id, World world)
    {
        writer.WritePropertyName("targetUser"u8);
        if (world.FindUser(id) is { } user)
        {
            UserJson.Write(writer, user);
        }
        else if (id is { } lost)
        {
            writer.WriteNumberValue(lost);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
