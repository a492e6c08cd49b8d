using Watchbill.Kernel;
using Contract = Watchbill.Contracts.People;

namespace Watchbill.People.Identities;

/// <summary>Directories and people as the HTTP API has them.</summary>
internal static class IdentityContracts
{
    public static Contract.IdentityDirectory Of(IdentityDirectory directory) => new()
    {
        Id = directory.Id.Value,
        Name = directory.Name,
        Kind = Word.Of(directory.Kind),
        CreatedAt = directory.CreatedAt,
        FilledAt = directory.FilledAt,
        TokenLastFour = directory.TokenLastFour,
        TokenSince = directory.TokenSince,
        TokenUsedAt = directory.TokenUsedAt,
        Active = directory.Active,
        Inactive = directory.Inactive,
        DecidesAccounts = directory.DecidesAccounts,
    };

    public static Contract.PushedGroup Of(PushedGroup group) => new(group.Name, group.Members, [.. group.Roles.Select(static role => Word.Of(role))]);

    public static Contract.Identity Of(Identity identity) => new()
    {
        Id = identity.Id.Value,
        Directory = identity.Directory.Value,
        Key = identity.Key,
        Email = identity.Email,
        Name = identity.Name,
        UserName = identity.UserName,
        Aliases = identity.Aliases,
        Manager = identity.Manager,
        Department = identity.Department,
        Title = identity.Title,
        IsActive = identity.IsActive,
        InactiveSince = identity.InactiveSince,
    };

    public static Contract.Upload Of(UploadPreview preview) => new()
    {
        Id = preview.Id,
        Directory = Of(preview.Directory),
        FileName = preview.FileName,
        ExpiresAt = preview.ExpiresAt,
        Headings = preview.Headings,
        Columns = preview.Columns.Headings.ToDictionary(static pair => Word.Of(pair.Key), static pair => pair.Value),
        People = preview.People,
        ErrorCount = preview.Errors.Count,
        Errors = Notes(preview.Errors),
        Warnings = Notes(preview.Warnings),
        AddedCount = preview.Added.Count,
        ChangedCount = preview.Changed.Count,
        LeftCount = preview.Left.Count,
        UnchangedCount = preview.Unchanged,
        LosesTooMany = preview.LosesTooMany,
        Added = People(preview.Added),
        Changed = People(preview.Changed),
        Left = People(preview.Left),
    };

    /// <summary>Columns as somebody names them; null when they name none.</summary>
    public static Result<FileColumns?> Columns(IReadOnlyDictionary<string, string>? given)
    {
        if (given is null)
        {
            return Result.Of<FileColumns?>(null);
        }

        var unknown = given.Keys.FirstOrDefault(static name => Word.Parse<FileField>(name) is null);
        return unknown is null
            ? new FileColumns(given.ToDictionary(static pair => Word.Parse<FileField>(pair.Key)!.Value, static pair => pair.Value))
            : IdentityRefusals.NoSuchField(unknown);
    }

    private static IReadOnlyList<Contract.LineNote> Notes(IReadOnlyList<LineNote> notes) =>
        [.. notes.Take(Contract.Upload.MostShown).Select(static note => new Contract.LineNote(note.Line, note.Sentence))];

    private static IReadOnlyList<Contract.Identity> People(IReadOnlyList<Identity> people) => [.. people.Take(Contract.Upload.MostShown).Select(Of)];
}
