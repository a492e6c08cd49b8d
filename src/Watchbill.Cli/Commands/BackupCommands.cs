using System.CommandLine;
using System.Globalization;
using Watchbill.Cli.Output;
using Watchbill.Storage.Backups;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill backup</c> and <c>restore</c>: database and keys in one file, and back.</summary>
internal static class BackupCommands
{
    private static readonly IReadOnlyList<Column<BackupLine>> Columns =
    [
        new("file", "Backup", static one => one.File) { IsWhole = true },
        new("madeAt", "Made", static one => one.Manifest.MadeAt),
        new("schema", "Schema", static one => one.Manifest.Schema),
        new("files", "Files", static one => one.Manifest.Files.Count),
        new("hasKeys", "Keys in it", static one => one.Manifest.HasKeys),
    ];

    private sealed record BackupLine(string File, BackupManifest Manifest);

    public static Command Make(CommandHost host)
    {
        var target = new Option<FileInfo?>("--out") { Description = "The file to write; it must not be there yet [default: watchbill-DATE.backup, here]", HelpName = "file" };
        var withoutKeys = new Option<bool>("--without-keys") { Description = "Leave the key folder out, because it is kept elsewhere: without it no stored token can be read and nothing be signed" };
        var command = new DocumentedCommand("backup", "Copy a SQLite database and its keys into one file, while others work with them")
        {
            Examples = ["./watchbill backup --out friday.backup"],
        };
        command.Add(target);
        command.Add(withoutKeys);
        return host.Handle(command, (context, _) =>
        {
            context.RefuseServer("watchbill backup");
            var now = host.Terminal.Clock.GetUtcNow();
            var file = context.Value(target)?.FullName ?? Path.GetFullPath(string.Create(CultureInfo.InvariantCulture, $"watchbill-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.backup"));
            var manifest = Tried(() => Backup.Make(context.Database.Address, context.Value(withoutKeys) ? null : context.Database.KeyFolder, file, now));
            return Task.FromResult(context.Show(new Sheet<BackupLine>(Columns, [new BackupLine(file, manifest)])
            {
                Notes = manifest.HasKeys ? ["It holds the keys of the stored tokens and of evidence: keep it as you keep passwords."] : ["The key folder is not in it: keep a copy of it from the same time or later."],
            }));
        });
    }

    public static Command Restore(CommandHost host)
    {
        var source = new Argument<FileInfo>("backup") { Description = "The backup" };
        var command = new DocumentedCommand("restore", "Put a backup back, where there is no database and no key folder yet; then look with: watchbill evidence verify-log")
        {
            Examples = ["./watchbill restore friday.backup --database sqlite:restored.db"],
        };
        command.Add(source);
        return host.Handle(command, (context, _) =>
        {
            context.RefuseServer("watchbill restore");
            var file = context.Value(source);
            if (!file.Exists)
            {
                throw new NothingThereException($"There is no file {file.FullName}.");
            }

            var manifest = Tried(() => Backup.Restore(file.FullName, context.Database.Address, context.Database.KeyFolder));
            return Task.FromResult(context.Show(new Sheet<BackupLine>(Columns, [new BackupLine(file.FullName, manifest)])
            {
                Headline = "Restored.",
                Notes = ["Nothing that was read, asked or decided after it was made is there any more. Look at it before you go on: watchbill evidence verify-log"],
            }));
        });
    }

    private static BackupManifest Tried(Func<BackupManifest> act)
    {
        try
        {
            return act();
        }
        catch (BackupException failed)
        {
            throw new BadInputException(failed.Message);
        }
    }
}
