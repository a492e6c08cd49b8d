using System.Globalization;
using System.Text.Json;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>What requests that create or change a release say.</summary>
internal static class ReleaseBody
{
    public static Answer? CheckVersion(string? version) => version switch
    {
        null or "" => Refusals.Invalid("version", "This field is required."),
        { Length: > 250 } => Refusals.Invalid("version", "Ensure this field has no more than 250 characters."),
        "." or ".." => Refusals.Invalid("version", "Release with name " + version + " is not allowed"),
        _ when version.Any(char.IsControl) || version.Equals("latest", StringComparison.OrdinalIgnoreCase) => Refusals.Invalid("version", "Release with name " + version + " is not allowed"),
        _ => null,
    };

    public static Answer? CheckProjects(IReadOnlyList<string>? projects) =>
        projects is { Count: > 0 } ? null : Refusals.Invalid("projects", projects is null ? "This field is required." : "This list may not be empty.");

    /// <summary>The texts and numbers of a list in the body; null when it is missing or no list.</summary>
    public static List<string>? Texts(Call call, string name) =>
        call.Field(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(item => item.ToString())] : null;

    /// <summary>An instant in the body: null when missing or null, a refusal when it is no date.</summary>
    public static (DateTimeOffset? Instant, Answer? Refusal) Instant(Call call, string name)
    {
        if (call.Field(name) is not { ValueKind: not JsonValueKind.Null } value)
        {
            return (null, null);
        }

        return value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var instant)
            ? (instant.ToUniversalTime(), null)
            : (null, Refusals.Invalid(name, "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."));
    }

    /// <summary>The refusal of the first wrong optional field, or null.</summary>
    public static Answer? CheckFields(Call call) => call.Text("status") is null or Release.Open or Release.Archived
        ? Instant(call, "dateReleased").Refusal
        : Refusals.Invalid("status", "Invalid status " + call.Text("status"));

    /// <summary>Takes the optional fields that were sent into the release.</summary>
    public static void Apply(Call call, Release release) => call.Organization.ChangeRelease(release, changed =>
    {
        changed.Ref = call.Text("ref") ?? changed.Ref;
        changed.Url = call.Text("url") ?? changed.Url;
        changed.DateReleased = Instant(call, "dateReleased").Instant ?? changed.DateReleased;
        changed.Status = call.Text("status") ?? changed.Status;
        if (call.Field("commits") is { ValueKind: JsonValueKind.Array } commits)
        {
            List<Commit> sent = [.. commits.EnumerateArray().Select(commit => ReadCommit(call, commit))];
            changed.CommitsFrom(() => sent);
        }
    });

    private static Commit ReadCommit(Call call, JsonElement commit)
    {
        var (name, email) = (Text(commit, "author_name") ?? "", Text(commit, "author_email") ?? "");
        var user = call.Organization.MemberRows.Listed.FirstOrDefault(member => member.User?.Email == email)?.User;
        var time = DateTimeOffset.TryParse(Text(commit, "timestamp"), CultureInfo.InvariantCulture, out var sent) ? sent.ToUniversalTime() : call.World.Now;
        return new Commit(Text(commit, "id") ?? "", Text(commit, "message"), time, new CommitAuthor(name, email, user))
        {
            Repository = call.Organization.Evidence.RepositoryRows.FirstOrDefault(repository => repository.Name == Text(commit, "repository")),
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
