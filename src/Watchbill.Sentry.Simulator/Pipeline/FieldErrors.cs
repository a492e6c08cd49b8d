namespace Watchbill.Sentry.Simulator.Pipeline;

/// <summary>The findings of a body's validation, all at once: <c>{"email":["..."],"orgRole":["..."]}</c>.</summary>
internal sealed class FieldErrors
{
    private readonly List<KeyValuePair<string, string>> found = [];

    public bool Any => found.Count > 0;

    public void Add(string field, string message) => found.Add(KeyValuePair.Create(field, message));

    public Answer ToAnswer() => Answer.Json(400, writer =>
    {
        writer.WriteStartObject();
        foreach (var field in found.GroupBy(error => error.Key, error => error.Value, StringComparer.Ordinal))
        {
            writer.WriteStartArray(field.Key);
            foreach (var message in field)
            {
                writer.WriteStringValue(message);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    });
}
