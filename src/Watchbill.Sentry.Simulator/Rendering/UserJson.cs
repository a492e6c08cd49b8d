using System.Text.Json;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Rendering;

/// <summary>The user object inside member and audit rows.</summary>
internal static class UserJson
{
    public static void Write(Utf8JsonWriter writer, User user)
    {
        writer.WriteStartObject();
        WriteFields(writer, user);
        writer.WriteEndObject();
    }

    /// <summary>The richer form that callers who may manage roles get of one member.</summary>
    public static void WriteDetailed(Utf8JsonWriter writer, User user, Organization organization, bool isLinked)
    {
        writer.WriteStartObject();
        WriteFields(writer, user);
        WriteEmails(writer, user);
        writer.WriteStartArray("authenticators"u8);
        writer.WriteEndArray();
        writer.WriteBoolean("canReset2fa"u8, user.Has2fa);
        WriteIdentities(writer, user, isLinked ? organization : null);
        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, User user)
    {
        writer.WriteId("id"u8, user.Id);
        writer.WriteString("name"u8, user.Name);
        writer.WriteString("username"u8, user.Email);
        writer.WriteString("email"u8, user.Email);
        writer.WriteString("avatarUrl"u8, "https://avatars.example.com/default.png"u8);
        writer.WriteBoolean("isActive"u8, user.IsActive);
        writer.WriteBoolean("isSuspended"u8, user.IsSuspended);
        writer.WriteBoolean("hasPasswordAuth"u8, user.HasPasswordAuth);
        writer.WriteBoolean("isManaged"u8, user.IsManaged);
        writer.WriteInstant("dateJoined"u8, user.DateJoined);
        writer.WriteInstant("lastLogin"u8, user.LastLogin);
        writer.WriteBoolean("has2fa"u8, user.Has2fa);
        writer.WriteInstant("lastActive"u8, user.LastActive);
        writer.WriteBoolean("isSuperuser"u8, user.IsSuperuser);
        writer.WriteBoolean("isStaff"u8, user.IsStaff);
        writer.WriteStartObject("experiments"u8);
        writer.WriteEndObject();
        writer.WriteLetterAvatar("avatar"u8);
    }

    private static void WriteEmails(Utf8JsonWriter writer, User user)
    {
        writer.WriteStartArray("emails"u8);
        writer.WriteStartObject();
        writer.WriteId("id"u8, user.Id + 1);
        writer.WriteString("email"u8, user.Email);
        writer.WriteBoolean("is_verified"u8, true);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteIdentities(Utf8JsonWriter writer, User user, Organization? organization)
    {
        writer.WriteStartArray("identities"u8);
        if (organization?.AuthProvider is { } provider)
        {
            writer.WriteStartObject();
            writer.WriteId("id"u8, user.Id + 2);
            writer.WriteString("name"u8, user.Email);
            writer.WriteStartObject("organization"u8);
            writer.WriteString("slug"u8, organization.Slug);
            writer.WriteString("name"u8, organization.Name);
            writer.WriteEndObject();
            writer.WriteStartObject("provider"u8);
            writer.WriteString("id"u8, provider.Key);
            writer.WriteString("name"u8, provider.Key);
            writer.WriteEndObject();
            writer.WriteInstant("dateVerified"u8, user.DateJoined);
            writer.WriteInstant("dateSynced"u8, user.DateJoined);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
