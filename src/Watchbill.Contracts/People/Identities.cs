using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.People;

/// <summary>A list of people that Watchbill was given.</summary>
public sealed record IdentityDirectory
{
    /// <summary>Identifies it.</summary>
    public required long Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>How it gets its people: file, scim.</summary>
    public required string Kind { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last got people; null when never.</summary>
    public DateTimeOffset? FilledAt { get; init; }

    /// <summary>The last four characters of the token with which people are pushed; null when there is none.</summary>
    public string? TokenLastFour { get; init; }

    /// <summary>Since when that token works.</summary>
    public DateTimeOffset? TokenSince { get; init; }

    /// <summary>When it was last used, to the minute; null when never.</summary>
    public DateTimeOffset? TokenUsedAt { get; init; }

    /// <summary>People who work here.</summary>
    public required int Active { get; init; }

    /// <summary>People who left.</summary>
    public required int Inactive { get; init; }

    /// <summary>Whether the groups that are pushed into it decide who has an account here.</summary>
    public bool DecidesAccounts { get; init; }
}

/// <summary>A group that an identity provider pushed.</summary>
/// <param name="Name">What it is called there.</param>
/// <param name="Members">How many are in it.</param>
/// <param name="Roles">The roles that settings give to it; none for most groups.</param>
public sealed record PushedGroup(string Name, int Members, IReadOnlyList<string> Roles);

/// <summary>Whether a directory decides about accounts.</summary>
/// <param name="Decides">Whether it does from now on.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DirectoryDecides([property: Required] bool Decides);

/// <summary>A directory to make.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewDirectory
{
    /// <summary>Its name.</summary>
    [Required, StringLength(100)]
    public required string Name { get; init; }

    /// <summary>How it gets its people.</summary>
    [Required, AllowedValues("file", "scim")]
    public required string Kind { get; init; }
}

/// <summary>A token with which an identity provider pushes people. Shown once.</summary>
/// <param name="Directory">The directory it fills.</param>
/// <param name="Token">The token.</param>
/// <param name="Address">The SCIM base address that the identity provider is given.</param>
public sealed record DirectoryToken(IdentityDirectory Directory, string Token, string Address);

/// <summary>A file of people.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewUpload
{
    /// <summary>The file's name.</summary>
    [Required, StringLength(200)]
    public required string FileName { get; init; }

    /// <summary>The file: comma, semicolon or tab between, headings in the first line; at most 20 MB.</summary>
    [Required]
    public required string Content { get; init; }

    /// <summary>Which column holds what: email, name, key, status, aliases, manager, department, title, user-name, each with a heading. Guessed by the headings when left out.</summary>
    public IReadOnlyDictionary<string, string>? Columns { get; init; }
}

/// <summary>Which column of a file holds what.</summary>
/// <param name="Columns">By field the heading, as in <see cref="NewUpload.Columns"/>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UploadColumns([property: Required] IReadOnlyDictionary<string, string> Columns);

/// <summary>How a file is taken.</summary>
/// <param name="IsComplete">Somebody looked: the file names everybody, and the many who are not in it did leave.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TakeUpload(bool IsComplete = false);

/// <summary>Something wrong or odd in a line of a file.</summary>
/// <param name="Line">Which line, from 1.</param>
/// <param name="Sentence">What, and what to do.</param>
public sealed record LineNote(int Line, string Sentence);

/// <summary>What taking a file would do, or did.</summary>
public sealed record Upload
{
    /// <summary>The most people or notes of a kind in one answer; the counts are of all.</summary>
    public const int MostShown = 100;

    /// <summary>Names the file.</summary>
    public required string Id { get; init; }

    /// <summary>The directory it is for.</summary>
    public required IdentityDirectory Directory { get; init; }

    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>Until when it is kept for the one who sent it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The headings of its columns.</summary>
    public required IReadOnlyList<string> Headings { get; init; }

    /// <summary>Which column holds what.</summary>
    public required IReadOnlyDictionary<string, string> Columns { get; init; }

    /// <summary>How many people it names.</summary>
    public required int People { get; init; }

    /// <summary>How many errors it has; with any it is not taken.</summary>
    public required int ErrorCount { get; init; }

    /// <summary>The first errors.</summary>
    public required IReadOnlyList<LineNote> Errors { get; init; }

    /// <summary>The first oddities.</summary>
    public required IReadOnlyList<LineNote> Warnings { get; init; }

    /// <summary>How many people would be new.</summary>
    public required int AddedCount { get; init; }

    /// <summary>Of how many something would be different.</summary>
    public required int ChangedCount { get; init; }

    /// <summary>How many would count as having left.</summary>
    public required int LeftCount { get; init; }

    /// <summary>How many would stay as they are.</summary>
    public required int UnchangedCount { get; init; }

    /// <summary>So many would have left that somebody must say that the file is complete.</summary>
    public required bool LosesTooMany { get; init; }

    /// <summary>The first who would be new.</summary>
    public required IReadOnlyList<Identity> Added { get; init; }

    /// <summary>The first of whom something would be different.</summary>
    public required IReadOnlyList<Identity> Changed { get; init; }

    /// <summary>The first who would count as having left.</summary>
    public required IReadOnlyList<Identity> Left { get; init; }
}

/// <summary>A real person, as a directory names them.</summary>
public sealed record Identity
{
    /// <summary>Identifies them; 0 for somebody who is not taken yet.</summary>
    public required long Id { get; init; }

    /// <summary>The directory.</summary>
    public required long Directory { get; init; }

    /// <summary>What the directory tells people apart by.</summary>
    public required string Key { get; init; }

    /// <summary>The e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The name they sign in with.</summary>
    public required string UserName { get; init; }

    /// <summary>Other addresses.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The manager, as the directory names them; null when not told.</summary>
    public string? Manager { get; init; }

    /// <summary>The department; null when not told.</summary>
    public string? Department { get; init; }

    /// <summary>The job title; null when not told.</summary>
    public string? Title { get; init; }

    /// <summary>Whether they work here.</summary>
    public required bool IsActive { get; init; }

    /// <summary>Since when not; null while active.</summary>
    public DateTimeOffset? InactiveSince { get; init; }
}

/// <summary>Which people to list, by name.</summary>
public sealed record IdentityQuery : PageQuery
{
    /// <summary>A part of the name, address, key or department.</summary>
    [StringLength(200)]
    public string? Text { get; init; }

    /// <summary>Only those who work here, or only those who left.</summary>
    public bool? Active { get; init; }

    /// <summary>Only those of this directory.</summary>
    public long? Directory { get; init; }
}
