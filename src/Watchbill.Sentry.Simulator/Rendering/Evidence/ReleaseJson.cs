using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Rendering.Evidence;

/// <summary>Releases. Their id and the ids of their projects are numbers, unlike elsewhere.</summary>
internal static class ReleaseJson
{
    public static void Write(Utf8JsonWriter writer, Release release, Call call)
    {
        var (commits, deploys) = (release.Commits, release.OwnDeploys);
        writer.WriteStartObject();
        writer.WriteNumber("id"u8, release.Id);
        WriteIdentity(writer, release);
        writer.WriteString("status"u8, release.Status);
        WriteVersion(writer, release.Version);
        writer.WriteStartObject("data"u8);
        writer.WriteEndObject();
        writer.WriteNumber("newGroups"u8, release.NewIssues);
        writer.WriteNull("owner"u8);
        writer.WriteNumber("commitCount"u8, commits.Count);
        writer.WriteNumber("deployCount"u8, deploys.Count);
        WriteLast(writer, release);
        WriteAuthors(writer, commits);
        WriteProjects(writer, release, call);
        writer.WriteInstant("firstEvent"u8, release.FirstEvent);
        writer.WriteInstant("lastEvent"u8, release.LastEvent);
        writer.WriteStartObject("currentProjectMeta"u8);
        writer.WriteEndObject();
        writer.WriteNull("userAgent"u8);
        writer.WriteEndObject();
    }

    /// <summary>The short form inside commits and issues.</summary>
    public static void WriteReference(Utf8JsonWriter writer, Release release)
    {
        writer.WriteStartObject();
        WriteIdentity(writer, release);
        writer.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter writer, Release release)
    {
        writer.WriteString("version"u8, release.Version);
        writer.WriteString("shortVersion"u8, IsHash(release.Version) ? release.Version[..12] : release.Version);
        writer.WriteString("ref"u8, release.Ref);
        writer.WriteString("url"u8, release.Url);
        writer.WriteInstant("dateReleased"u8, release.DateReleased);
        writer.WriteInstant("dateCreated"u8, release.DateCreated);
    }

    /// <summary>Takes <c>package@1.2.3+build</c> apart; other versions are only repeated.</summary>
    private static void WriteVersion(Utf8JsonWriter writer, string version)
    {
        var (package, number) = version.Split('@') is [var name, var rest] ? (name, rest) : (null, version);
        writer.WriteStartObject("versionInfo"u8);
        writer.WriteString("package"u8, package);
        writer.WriteStartObject("version"u8);
        writer.WriteString("raw"u8, number);
        if (package is not null)
        {
            WriteNumbers(writer, number);
        }

        writer.WriteEndObject();
        writer.WriteString("description"u8, IsHash(number) ? number[..12] : number);
        writer.WriteString("buildHash"u8, IsHash(number) ? number : null);
        writer.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string number)
    {
        var (core, build) = number.Split('+', 2) is [var before, var after] ? (before, after) : (number, null);
        string[] parts = core.Split('.');
        foreach (var (name, index) in (ReadOnlySpan<(string, int)>)[("major", 0), ("minor", 1), ("patch", 2)])
        {
            var text = parts.ElementAtOrDefault(index);
            writer.WriteNumber(name, int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0);
        }

        writer.WriteNull("pre"u8);
        writer.WriteString("buildCode"u8, build);
        writer.WriteNumber("components"u8, parts.Length);
    }

    private static void WriteLast(Utf8JsonWriter writer, Release release)
    {
        writer.WritePropertyName("lastCommit"u8);
        if (release.Commits is [var commit, ..])
        {
            CommitJson.Write(writer, commit, release);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WritePropertyName("lastDeploy"u8);
        if (release.OwnDeploys is [var deploy, ..])
        {
            DeployJson.Write(writer, deploy);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static void WriteAuthors(Utf8JsonWriter writer, IReadOnlyList<Commit> commits)
    {
        writer.WriteStartArray("authors"u8);
        foreach (var author in commits.Select(commit => commit.Author).DistinctBy(author => author.Email))
        {
            CommitJson.WriteAuthor(writer, author);
        }

        writer.WriteEndArray();
    }

    private static void WriteProjects(Utf8JsonWriter writer, Release release, Call call)
    {
        writer.WriteStartArray("projects"u8);
        foreach (var project in release.OwnProjects.Where(project => project.IsActive && call.Access.CanReach(project)))
        {
            writer.WriteStartObject();
            writer.WriteNumber("id"u8, project.Id);
            writer.WriteString("slug"u8, project.Slug);
            writer.WriteString("name"u8, project.Name);
            writer.WriteNumber("newGroups"u8, release.NewIssues);
            writer.WriteString("platform"u8, project.Platform);
            writer.WriteTexts("platforms"u8, project.Platform is { } platform ? [platform] : []);
            writer.WriteBoolean("hasHealthData"u8, release.CrashFreeSessions is not null);
            if (call.Query["health"].ToString() is "1" or "true")
            {
                WriteHealth(writer, release);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteHealth(Utf8JsonWriter writer, Release release)
    {
        writer.WritePropertyName("healthData"u8);
        new JsonObject
        {
            ["durationP50"] = null,
            ["durationP90"] = null,
            ["crashFreeUsers"] = release.CrashFreeSessions,
            ["crashFreeSessions"] = release.CrashFreeSessions,
            ["sessionsCrashed"] = 0,
            ["sessionsErrored"] = 0,
            ["totalUsers"] = null,
            ["totalUsers24h"] = null,
            ["totalProjectUsers24h"] = null,
            ["totalSessions"] = release.CrashFreeSessions is null ? null : 1000,
            ["totalSessions24h"] = null,
            ["totalProjectSessions24h"] = null,
            ["adoption"] = release.CrashFreeSessions is null ? null : release.Id % 100,
            ["sessionsAdoption"] = null,
            ["hasHealthData"] = release.CrashFreeSessions is not null,
            ["stats"] = new JsonObject(),
        }.WriteTo(writer);
    }

    private static bool IsHash(string version) => version.Length == 40 && version.All(char.IsAsciiHexDigitLower);
}
