using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Cli.Input;
using Watchbill.Storage;

namespace Watchbill.Cli;

/// <summary>Which database a command line means, and where the keys of its secrets are.</summary>
/// <param name="Address">The database.</param>
/// <param name="KeyFolder">The folder of the key ring.</param>
internal sealed record DatabaseChoice(DatabaseAddress Address, string KeyFolder)
{
    private const int LongestAddress = 4096;

    public static DatabaseChoice Of(Terminal terminal, GlobalOptions global, ParseResult parsed)
    {
        var written = parsed.GetValue(global.Database);
        var isDemo = parsed.GetValue(global.Demo);
        if (isDemo && written is not null)
        {
            throw new BadInputException("--demo and --database name two databases; write only one of them.");
        }

        var text = isDemo ? GlobalOptions.DemoDatabase : written ?? NotEmpty(terminal.Variable(GlobalOptions.DatabaseVariable)) ?? InFile(terminal.Variable(GlobalOptions.DatabaseFileVariable)) ?? GlobalOptions.DefaultDatabase;
        var address = Parse(text);
        return new DatabaseChoice(address, parsed.GetValue(global.KeyFolder) ?? (isDemo ? null : NotEmpty(terminal.Variable(GlobalOptions.KeyFolderVariable))) ?? DefaultKeyFolder(address));
    }

    /// <summary>Opens the product on this database, bringing its schema up to date.</summary>
    /// <param name="create">Whether a missing SQLite file is made; else its absence is told to the person.</param>
    public ServiceProvider Open(bool create)
    {
        if (!create && File is { } file && !System.IO.File.Exists(file))
        {
            throw new NothingThereException(
                $"There is no database at {Path.GetFullPath(file)} yet. Connect a Sentry with `watchbill connect`, or look around with `watchbill demo`.");
        }

        Migrator.Migrate(Address);
        return Compose();
    }

    /// <summary>Puts the product together without touching the database: for what needs none.</summary>
    public ServiceProvider Compose() => new ServiceCollection().AddWatchbill(Address, KeyFolder).BuildServiceProvider();

    private static DatabaseAddress Parse(string text)
    {
        try
        {
            return DatabaseAddress.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new BadInputException(exception.Message);
        }
    }

    /// <summary>The file of a SQLite database; null where there is none.</summary>
    public string? File => FileOf(Address);

    private static string? FileOf(DatabaseAddress address) => address.Engine is DatabaseEngine.Sqlite ? address.ToString()["sqlite:".Length..] : null;

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>The address in a file, as orchestrators hand secrets over.</summary>
    private static string? InFile(string? path) => string.IsNullOrEmpty(path) ? null : InputFile.Read(new FileInfo(path), LongestAddress).Trim();

    private static string DefaultKeyFolder(DatabaseAddress address) =>
        FileOf(address) is { } file ? Path.ChangeExtension(Path.GetFullPath(file), ".keys") : Path.GetFullPath("data/keys");
}
