using Watchbill.Kernel;

namespace Watchbill.People.Identities;

/// <summary>Every "no" that directories and the people in them may answer.</summary>
public static class IdentityRefusals
{
    public static Refusal NoSuchDirectory(DirectoryId id) => new(RefusalKind.NotFound, "directory-not-found", $"There is no directory {id}.");

    public static Refusal NoSuchIdentity(string id) => new(RefusalKind.NotFound, "identity-not-found", $"No directory names a person {id}.");

    public static Refusal NoSuchUpload() => new(
        RefusalKind.NotFound, "upload-not-found", "This file is not here any more: it was taken, is older than an hour, or somebody else uploaded it. Upload it again.");

    public static Refusal BadDirectoryName() => new(RefusalKind.Invalid, "directory-name-invalid", "A directory's name is 1 to 100 characters, none of them invisible.");

    public static Refusal DirectoryExists(string name) => new(RefusalKind.Conflict, "directory-exists", $"There is a directory named {name} already; choose another name.");

    public static Refusal NotByFile(string name) => new(
        RefusalKind.Conflict, "directory-not-by-file", $"The people of {name} are pushed by an identity provider; upload files to a directory of their own.");

    public static Refusal NotByScim(string name) => new(
        RefusalKind.Conflict, "directory-not-by-scim", $"The people of {name} come from files; make a directory of its own for an identity provider that pushes.");

    public static Refusal FileTooLarge() => new(
        RefusalKind.Invalid, "file-too-large", $"A file of people has at most {IdentityFile.MostBytes / 1024 / 1024} MB; leave out columns that are not used.");

    public static Refusal FileNotText() => new(RefusalKind.Invalid, "file-not-text", "The file is not UTF-8 text; save it as 'CSV UTF-8'.");

    public static Refusal FileHasErrors(int count, LineNote first) => new(
        RefusalKind.Invalid, "file-has-errors", $"Nothing was taken: {count:N0} {(count == 1 ? "line is" : "lines are")} wrong, first line {first.Line}: {first.Sentence}");

    public static Refusal NobodyInFile() => new(RefusalKind.Invalid, "file-names-nobody", "The file names nobody; a file with everybody in it is needed.");

    public static Refusal TooManyLeavers(int leavers, int active) => new(
        RefusalKind.Conflict, "too-many-leavers",
        $"Nothing was taken: {leavers:N0} of {active:N0} people would count as having left. If the file is complete, say so and take it again.");

    public static Refusal NoSuchField(string name) => new(
        RefusalKind.Invalid, "file-field-unknown",
        $"'{(name.Length > 50 ? name[..50] + "…" : name)}' is nothing that a file can hold; it holds {string.Join(", ", Enum.GetValues<FileField>().Select(Word.Of))}.");
}
