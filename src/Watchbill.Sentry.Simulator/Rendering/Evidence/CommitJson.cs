using System.Text.Json;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Rendering.Evidence;

/// <summary>Commits with author, repository and pull request. An author who is no member has only name and address.</summary>
internal static class CommitJson
{
    /// <param name="writer">Where to.</param>
    /// <param name="commit">What.</param>
    /// <param name="release">The release it is listed under, or null in lists that do not name releases.</param>
    public static void Write(Utf8JsonWriter writer, Commit commit, Release? release)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, commit.Id);
        writer.WriteString("message"u8, commit.Message);
        writer.WriteInstant("dateCreated"u8, commit.DateCreated);
        WritePullRequest(writer, commit);
        writer.WriteString("suspectCommitType"u8, ""u8);
        if (commit.Repository is { } repository)
        {
            writer.WritePropertyName("repository"u8);
            WriteRepository(writer, repository);
        }

        writer.WritePropertyName("author"u8);
        WriteAuthor(writer, commit.Author);
        if (release is not null)
        {
            writer.WriteStartArray("releases"u8);
            ReleaseJson.WriteReference(writer, release);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    public static void WriteAuthor(Utf8JsonWriter writer, CommitAuthor author)
    {
        if (author.User is { } user)
        {
            UserJson.Write(writer, user);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("name"u8, author.Name);
        writer.WriteString("email"u8, author.Email);
        writer.WriteEndObject();
    }

    public static void WriteRepository(Utf8JsonWriter writer, Repository repository)
    {
        writer.WriteStartObject();
        writer.WriteId("id"u8, repository.Id);
        writer.WriteString("name"u8, repository.Name);
        writer.WriteString("url"u8, repository.Url);
        writer.WriteStartObject("provider"u8);
        writer.WriteString("id"u8, repository.Integration is null ? "unknown" : "integrations:" + repository.Integration.Provider);
        writer.WriteString("name"u8, repository.Integration?.ProviderName ?? "Unknown Provider");
        writer.WriteEndObject();
        writer.WriteString("status"u8, repository.Status);
        writer.WriteInstant("dateCreated"u8, repository.DateCreated);
        writer.WriteString("integrationId"u8, repository.Integration is { } integration ? $"{integration.Id}" : null);
        writer.WriteString("externalSlug"u8, repository.Name);
        writer.WriteString("externalId"u8, $"{repository.Id % 1_000_000}");
        writer.WriteEndObject();
    }

    private static void WritePullRequest(Utf8JsonWriter writer, Commit commit)
    {
        if (commit is not { PullRequest: { } pull, Repository: { } repository })
        {
            writer.WriteNull("pullRequest"u8);
            return;
        }

        writer.WriteStartObject("pullRequest"u8);
        writer.WriteString("id"u8, pull.Id);
        writer.WriteString("title"u8, pull.Title);
        writer.WriteString("message"u8, ""u8);
        writer.WriteInstant("dateCreated"u8, pull.DateCreated);
        writer.WriteInstant("mergedAt"u8, pull.MergedAt);
        writer.WriteString("status"u8, "merged"u8);
        writer.WritePropertyName("repository"u8);
        WriteRepository(writer, repository);
        writer.WritePropertyName("author"u8);
        WriteAuthor(writer, commit.Author);
        writer.WriteString("externalUrl"u8, $"{repository.Url}/pull/{pull.Id}");
        writer.WriteEndObject();
    }
}
