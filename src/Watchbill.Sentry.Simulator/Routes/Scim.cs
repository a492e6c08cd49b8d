using System.Globalization;
using System.Text.Json;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>What SCIM users and groups share: the switch, lists without Link headers, filters and errors. Paths have no trailing slash.</summary>
internal static class Scim
{
    private const int MostPerPage = 100;

    /// <summary>Runs a handler only while the organization's sign-on has SCIM switched on; 403 otherwise, whatever the scopes.</summary>
    public static Func<Call, Answer> WhenEnabled(Func<Call, Answer> handler) =>
        call => call.Organization.AuthProvider is { ScimEnabled: true } ? handler(call) : Refusals.Forbidden();

    public static Answer Error(int status, string detail) => Answer.Json(status, writer =>
    {
        writer.WriteStartObject();
        writer.WriteTexts("schemas"u8, ["urn:ietf:params:scim:api:messages:2.0:Error"]);
        writer.WriteString("status", status.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("detail", detail);
        writer.WriteEndObject();
    });

    /// <summary>A page by <c>startIndex</c> (from 1) and <c>count</c> (at most 100 rows come, whatever is asked).</summary>
    public static Answer List<T>(Call call, IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> write)
    {
        if (!Number(call, "startIndex", 1, out var start) || start < 1 || !Number(call, "count", MostPerPage, out var count) || count < 0)
        {
            return Error(400, "Invalid pagination parameters.");
        }

        var page = rows.Skip(start - 1).Take(Math.Min(count, MostPerPage)).ToList();
        return Answer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteTexts("schemas"u8, ["urn:ietf:params:scim:api:messages:2.0:ListResponse"]);
            writer.WriteNumber("totalResults", rows.Count);
            writer.WriteNumber("startIndex", start);
            writer.WriteNumber("itemsPerPage", page.Count);
            writer.WriteStartArray("Resources");
            page.ForEach(row => write(writer, row));
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary>Reads <c>key eq "value"</c>. No filter gives two nulls; one that is not of this form gives the refusal.</summary>
    public static (string? Key, string? Value, Answer? Refusal) Filter(Call call, params ReadOnlySpan<string> keys)
    {
        var text = call.Query["filter"].ToString();
        if (text.Length == 0)
        {
            return (null, null, null);
        }

        return text.Split(' ', 3) is [var key, "eq", var value] && keys.Contains(key)
            ? (key, value.Trim('"'), null)
            : (null, null, Error(400, "Invalid filter"));
    }

    private static bool Number(Call call, string name, int otherwise, out int number)
    {
        number = otherwise;
        var text = call.Query[name].ToString();
        return text.Length == 0 || int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out number);
    }
}
