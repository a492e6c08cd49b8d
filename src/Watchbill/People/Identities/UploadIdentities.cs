using System.Text;
using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.Identities;

/// <summary>What taking an uploaded file would do.</summary>
public sealed record UploadPreview
{
    /// <summary>Names the file; cannot be guessed.</summary>
    public required string Id { get; init; }

    /// <summary>The directory it is for.</summary>
    public required IdentityDirectory Directory { get; init; }

    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>Until when it is kept.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The headings of its columns.</summary>
    public required IReadOnlyList<string> Headings { get; init; }

    /// <summary>Which column holds what.</summary>
    public required FileColumns Columns { get; init; }

    /// <summary>What is wrong, line by line; a file with any error is not taken.</summary>
    public required IReadOnlyList<LineNote> Errors { get; init; }

    /// <summary>What is odd and does not stand against taking it.</summary>
    public required IReadOnlyList<LineNote> Warnings { get; init; }

    /// <summary>How many people the file names.</summary>
    public required int People { get; init; }

    /// <summary>Who would be new.</summary>
    public required IReadOnlyList<Identity> Added { get; init; }

    /// <summary>Of whom something would be different.</summary>
    public required IReadOnlyList<Identity> Changed { get; init; }

    /// <summary>Who would count as having left.</summary>
    public required IReadOnlyList<Identity> Left { get; init; }

    /// <summary>How many would stay as they are.</summary>
    public required int Unchanged { get; init; }

    /// <summary>So many would have left that the file may be cut off; it is taken only if somebody says that it is complete.</summary>
    public required bool LosesTooMany { get; init; }
}

/// <summary>A file of people, as somebody sends it.</summary>
/// <param name="Directory">For which directory.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Content">Its bytes, UTF-8 text.</param>
/// <param name="Columns">Which column holds what; null guesses by the headings.</param>
public sealed record SentFile(DirectoryId Directory, string Name, ReadOnlyMemory<byte> Content, FileColumns? Columns = null);

/// <summary>Fills a directory from files. Each file holds everybody: who is not in it any more has left. First looked at, then taken whole or not at all.</summary>
public sealed class UploadIdentities
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private const int LongestFileName = 100;

    private readonly Database _database;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal UploadIdentities(Database database, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>Reads a file and keeps it for an hour, for the one who sent it.</summary>
    public async Task<Result<UploadPreview>> SendAsync(SentFile file, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageIdentities) is { } refusal)
        {
            return refusal;
        }

        var text = TextOf(file.Content);
        var directory = await FindAsync(file.Directory, cancellationToken);
        if ((text.Refusal ?? directory.Refusal) is { } no)
        {
            return no;
        }

        var now = _clock.GetUtcNow();
        var row = new UploadRow
        {
            Id = DraftKey.Create(),
            DirectoryId = file.Directory,
            Actor = caller.Key,
            ExpiresAt = now + Kept,
            FileName = FileNameOf(file.Name),
            Content = text.Value,
            Columns = Write(file.Columns ?? FileColumns.Guess(IdentityFile.HeadingsOf(text.Value))),
        };
        await _database.InTransactionAsync(
            async transaction =>
            {
                await IdentityStore.DeleteExpiredUploadsAsync(transaction, now, cancellationToken);
                await IdentityStore.InsertUploadAsync(transaction, row, cancellationToken);
            },
            cancellationToken);
        return await PreviewAsync(row, directory.Value, cancellationToken);
    }

    /// <summary>What taking the file would do now.</summary>
    public async Task<Result<UploadPreview>> FindAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var row = await FindRowAsync(id, caller, cancellationToken);
        if (!row.Succeeded)
        {
            return row.Refusal!;
        }

        var directory = await FindAsync(row.Value.DirectoryId, cancellationToken);
        return directory.Succeeded ? await PreviewAsync(row.Value, directory.Value, cancellationToken) : directory.Refusal!;
    }

    /// <summary>Reads the same file with other columns.</summary>
    public async Task<Result<UploadPreview>> ChooseAsync(string id, FileColumns columns, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var row = await FindRowAsync(id, caller, cancellationToken);
        if (!row.Succeeded)
        {
            return row.Refusal!;
        }

        await _database.InTransactionAsync(transaction => IdentityStore.SetColumnsAsync(transaction, id, Write(columns), cancellationToken), cancellationToken);
        return await FindAsync(id, caller, cancellationToken);
    }

    /// <summary>Takes the file: everything it says, or nothing of it.</summary>
    /// <param name="id">The file.</param>
    /// <param name="isComplete">Somebody looked, and the many who are not in it did leave.</param>
    /// <param name="caller">Who asks; the one who sent it.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What it did.</returns>
    public async Task<Result<UploadPreview>> TakeAsync(string id, bool isComplete, Caller caller, CancellationToken cancellationToken)
    {
        var row = await FindRowAsync(id, caller, cancellationToken);
        return row.Succeeded
            ? await _database.InTransactionAsync(transaction => TakeAsync(transaction, row.Value, isComplete, caller, cancellationToken), cancellationToken)
            : row.Refusal!;
    }

    private async Task<Result<UploadPreview>> TakeAsync(Transaction transaction, UploadRow row, bool isComplete, Caller caller, CancellationToken cancellationToken)
    {
        await Database.LockAsync(transaction, $"directory {row.DirectoryId}", cancellationToken);
        if (await IdentityStore.FindDirectoryAsync(transaction, row.DirectoryId, cancellationToken) is not { } directory)
        {
            return IdentityRefusals.NoSuchDirectory(row.DirectoryId);
        }

        var reading = IdentityFile.Read(row.Content, _ => Parse(row.Columns));
        var now = _clock.GetUtcNow();
        var known = await IdentityStore.OfDirectoryAsync(transaction, row.DirectoryId, cancellationToken);
        var difference = DirectoryDifference.Between([.. known.Select(static one => one.ToIdentity())], reading.People, now);
        if (Refuse(reading, difference, isComplete) is { } refusal)
        {
            return refusal;
        }

        if (!await IdentityStore.TryDeleteUploadAsync(transaction, row.Id, cancellationToken))
        {
            return IdentityRefusals.NoSuchUpload();
        }

        await WriteAsync(transaction, row.DirectoryId, difference, cancellationToken);
        await IdentityStore.TouchAsync(transaction, row.DirectoryId, now, cancellationToken);
        await _audit.AppendAsync(transaction, IdentityEvents.FileTaken(directory, row.FileName, difference, caller.Actor), cancellationToken);
        return PreviewOf(row, directory.ToDirectory(difference.ActiveBefore, known.Count - difference.ActiveBefore), reading, difference);
    }

    /// <summary>Two people may have changed user names with each other: first everybody gets one that nobody has.</summary>
    private static async Task WriteAsync(Transaction transaction, DirectoryId directory, DirectoryDifference difference, CancellationToken cancellationToken)
    {
        Identity[] moving = [.. difference.Changed, .. difference.Left];
        foreach (var one in moving)
        {
            await IdentityStore.UpdateAsync(transaction, IdentityRow.Of(one with { UserName = $"\u0001{one.Id}" }), cancellationToken);
        }

        foreach (var one in moving)
        {
            await IdentityStore.UpdateAsync(transaction, IdentityRow.Of(one), cancellationToken);
        }

        await IdentityStore.InsertAllAsync(transaction, [.. difference.Added.Select(one => IdentityRow.Of(one with { Directory = directory }))], cancellationToken);
    }

    private static Refusal? Refuse(IdentityFileReading reading, DirectoryDifference difference, bool isComplete) =>
        reading.Errors.Count > 0 ? IdentityRefusals.FileHasErrors(reading.Errors.Count, reading.Errors[0])
        : reading.People.Count == 0 ? IdentityRefusals.NobodyInFile()
        : difference.LosesTooMany && !isComplete ? IdentityRefusals.TooManyLeavers(difference.Left.Count, difference.ActiveBefore)
        : null;

    private async Task<Result<UploadPreview>> PreviewAsync(UploadRow row, DirectoryRow directory, CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        List<Identity> known = [.. (await IdentityStore.OfDirectoryAsync(session, row.DirectoryId, cancellationToken)).Select(static one => one.ToIdentity())];
        var reading = IdentityFile.Read(row.Content, _ => Parse(row.Columns));
        var difference = DirectoryDifference.Between(known, reading.People, _clock.GetUtcNow());
        return PreviewOf(row, directory.ToDirectory(difference.ActiveBefore, known.Count - difference.ActiveBefore), reading, difference);
    }

    private static UploadPreview PreviewOf(UploadRow row, IdentityDirectory directory, IdentityFileReading reading, DirectoryDifference difference) => new()
    {
        Id = row.Id,
        Directory = directory,
        FileName = row.FileName,
        ExpiresAt = row.ExpiresAt,
        Headings = reading.Headings,
        Columns = Parse(row.Columns),
        Errors = reading.Errors,
        Warnings = reading.Warnings,
        People = reading.People.Count,
        Added = difference.Added,
        Changed = difference.Changed,
        Left = difference.Left,
        Unchanged = difference.Unchanged,
        LosesTooMany = difference.LosesTooMany,
    };

    private async Task<Result<DirectoryRow>> FindAsync(DirectoryId id, CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        return await IdentityStore.FindDirectoryAsync(session, id, cancellationToken) switch
        {
            null => IdentityRefusals.NoSuchDirectory(id),
            { Kind: DirectoryKind.Scim } pushed => IdentityRefusals.NotByFile(pushed.Name),
            { } row => row,
        };
    }

    private async Task<Result<UploadRow>> FindRowAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageIdentities) is { } refusal)
        {
            return refusal;
        }

        if (!DraftKey.IsWellFormed(id))
        {
            return IdentityRefusals.NoSuchUpload();
        }

        await using var session = _database.OpenRead();
        return await IdentityStore.FindUploadAsync(session, id, caller.Key, _clock.GetUtcNow(), cancellationToken) is { } row ? row : IdentityRefusals.NoSuchUpload();
    }

    /// <summary>A byte-order mark is no part of the first heading, and no database keeps a zero.</summary>
    private static Result<string> TextOf(ReadOnlyMemory<byte> content)
    {
        if (content.Length > IdentityFile.MostBytes)
        {
            return IdentityRefusals.FileTooLarge();
        }

        try
        {
            var text = Strict.GetString(content.Span).TrimStart('\uFEFF');
            return text.Contains('\0', StringComparison.Ordinal) ? IdentityRefusals.FileNotText() : text;
        }
        catch (DecoderFallbackException)
        {
            return IdentityRefusals.FileNotText();
        }
    }

    private static string FileNameOf(string name)
    {
        var shown = new string([.. Path.GetFileName(name).Where(static sign => !char.IsControl(sign))]);
        return shown.Length switch
        {
            0 => "people.csv",
            > LongestFileName => shown[..LongestFileName],
            _ => shown,
        };
    }

    private static string Write(FileColumns columns) => JsonSerializer.Serialize(new Dictionary<FileField, string>(columns.Headings), FileColumnsJson.Default.DictionaryFileFieldString);

    private static FileColumns Parse(string columns) => new(JsonSerializer.Deserialize(columns, FileColumnsJson.Default.DictionaryFileFieldString)!);
}
