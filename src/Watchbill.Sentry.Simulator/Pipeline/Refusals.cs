using System.Text.Json;
using Watchbill.Sentry.Simulator.Permissions;

namespace Watchbill.Sentry.Simulator.Pipeline;

/// <summary>The error answers that more than one endpoint gives, with Sentry's wording.</summary>
internal static class Refusals
{
    public static Answer NotFound() => Detail(404, "The requested resource does not exist");

    /// <summary>What the gateway, and a cell asked for something of the control silo, answer: no body at all.</summary>
    public static Answer EmptyNotFound() => Answer.Empty(404);

    public static Answer Forbidden() => Detail(403, "You do not have permission to perform this action.");

    /// <summary>403 for a token that lacks the scopes; the header names those that would do.</summary>
    public static Answer MissingScope(ScopeSet accepted)
    {
        var sorted = string.Join(' ', accepted.Names.Order(StringComparer.Ordinal));
        return Forbidden().With("WWW-Authenticate", $"Bearer error=\"insufficient_scope\", scope=\"{sorted}\"");
    }

    public static Answer Unauthenticated(string detail) => Detail(401, detail).With("WWW-Authenticate", "xBasic realm=\"api\"");

    public static Answer Detail(int status, string detail) => Field(status, "detail", detail);

    /// <summary>An object with one text in it: <c>{"role": "..."}</c>.</summary>
    public static Answer Field(int status, string name, string text) => Answer.Json(status, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString(name, text);
        writer.WriteEndObject();
    });

    /// <summary>A validation error: <c>{"email": ["..."]}</c>.</summary>
    public static Answer Invalid(string field, string message) => Answer.Json(400, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray(field);
        writer.WriteStringValue(message);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>An error whose <c>detail</c> is an object.</summary>
    public static Answer Coded(int status, string code, string message, Action<Utf8JsonWriter>? extra = null) => Answer.Json(status, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("detail");
        writer.WriteString("code", code);
        writer.WriteString("message", message);
        writer.WriteStartObject("extra");
        extra?.Invoke(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    public static Answer MethodNotAllowed(string method) => Detail(405, $"Method \"{method}\" not allowed.");

    public static Answer NotJson() => Detail(400, "JSON parse error - Expecting value: line 1 column 1 (char 0)");

    public static Answer NoSuchRoute() => Field(404, "info", "Route not found, did you forget a trailing slash?");

    public static Answer InternalError(string errorId) => Answer.Json(500, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("detail", "Internal Error");
        writer.WriteString("errorId", errorId);
        writer.WriteEndObject();
    });
}
