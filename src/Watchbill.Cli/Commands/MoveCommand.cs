using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Operations;
using Watchbill.People;
using Watchbill.Storage;
using Watchbill.Storage.Moves;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill move</c>: from SQLite to PostgreSQL.</summary>
internal sealed class MoveCommand
{
    private static readonly IReadOnlyList<Column<MovedTable>> Columns = [new("table", "Table", static one => one.Table) { IsWhole = true }, new("rows", "Rows", static one => one.Rows)];

    private readonly Option<string?> _to = new Option<string?>("--to")
    {
        Description = "The PostgreSQL database, with nothing in it: postgres:CONNECTION-STRING",
        HelpName = "address",
    }.WithText("database", TextRules.LongText);

    private readonly Option<FileInfo?> _toFile = new("--to-file") { Description = "A file that holds nothing but that address, so that no password is in the process list", HelpName = "file" };

    public static Command Create(CommandHost host)
    {
        var self = new MoveCommand();
        var command = new DocumentedCommand("move", "Move a SQLite database into an empty PostgreSQL one; nobody may work with it meanwhile. The key folder stays what it is")
        {
            Examples = ["./watchbill move --to-file postgres.txt", "./watchbill evidence verify-log --database postgres:Host=..."],
        };
        command.Add(self._to);
        command.Add(self._toFile);
        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.RefuseServer("watchbill move");
        var source = context.Database.Address;
        var target = Target(context);
        await RefuseWhileInUseAsync(context, cancellationToken);
        try
        {
            var moved = await MoveToPostgres.RunAsync(source, target, cancellationToken);
            return context.Show(new Sheet<MovedTable>(Columns, [.. moved.Where(static table => table.Rows > 0)])
            {
                Headline = $"Moved {moved.Sum(static table => table.Rows):N0} rows.",
                Notes =
                [
                    "Look at it before you go on: watchbill evidence verify-log, with the new --database and the same --key-folder.",
                    "The SQLite file is as it was. Nothing writes into both: start servers on the new one only, and keep the file as a backup.",
                ],
            });
        }
        catch (MoveException failed)
        {
            throw new BadInputException(failed.Message);
        }
    }

    private DatabaseAddress Target(CommandContext context)
    {
        var text = (context.Value(_to), context.Value(_toFile)) switch
        {
            ({ } written, null) => written,
            (null, { } file) => InputFile.Read(file, 4096).Trim(),
            _ => throw new BadInputException("Say where to, once: --to postgres:CONNECTION-STRING, or --to-file with a file that holds it."),
        };
        try
        {
            return DatabaseAddress.Parse(text);
        }
        catch (FormatException wrong)
        {
            throw new BadInputException(wrong.Message);
        }
    }

    /// <summary>What a server writes during the move would stay behind.</summary>
    private static async Task RefuseWhileInUseAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var product = context.Database.Open(create: false);
        var status = await product.GetRequiredService<ReadStatus>().RunAsync(Caller.System, cancellationToken);
        if (status.Value.Nodes.FirstOrDefault(static node => node.IsAlive) is { } node)
        {
            throw new BadInputException($"A server works with this database ({node.Name}). End it and try again: what it writes during the move would stay behind.");
        }

        if (status.Value.Queues.First(static queue => queue.Queue is WorkQueue.RunningSyncs).Count > 0)
        {
            throw new BadInputException("A sync is under way. Let it end, or begin one and let it end if its process is gone, and try again.");
        }
    }
}
