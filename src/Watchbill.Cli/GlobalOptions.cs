using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;

namespace Watchbill.Cli;

/// <summary>The options that every command knows.</summary>
internal sealed class GlobalOptions
{
    /// <summary>Where the demonstration keeps what it read; never a real database.</summary>
    public const string DemoDatabase = "sqlite:data/demo.db";

    /// <summary>The database when nothing else is said.</summary>
    public const string DefaultDatabase = "sqlite:data/watchbill.db";

    /// <summary>The environment variable that names the database.</summary>
    public const string DatabaseVariable = "WATCHBILL_DATABASE";

    /// <summary>The environment variable that names a file with the database's address, for addresses that hold a password.</summary>
    public const string DatabaseFileVariable = "WATCHBILL_DATABASE_FILE";

    /// <summary>The environment variable that names the folder of keys.</summary>
    public const string KeyFolderVariable = "WATCHBILL_KEY_FOLDER";

    public Option<string?> Database { get; } = new Option<string?>("--database")
    {
        Description = $"The database: sqlite:PATH or postgres:CONNECTION-STRING [default: ${DatabaseVariable}, or the file that ${DatabaseFileVariable} names, else {DefaultDatabase}]",
        HelpName = "address",
        Recursive = true,
    }.WithText("database", TextRules.LongText);

    public Option<bool> Demo { get; } = new("--demo")
    {
        Description = "Use the database of `watchbill demo`",
        Recursive = true,
    };

    public Option<string?> KeyFolder { get; } = new Option<string?>("--key-folder")
    {
        Description = $"The folder of the keys that encrypt stored tokens; several nodes share it [default: ${KeyFolderVariable}, else beside the SQLite file, else data/keys]",
        HelpName = "path",
        Recursive = true,
    }.WithText("key folder", TextRules.LongText);

    public Option<string?> Server { get; } = new Option<string?>("--server")
    {
        Description = $"Ask a Watchbill server instead of a database, for example https://watchbill.example.com; sign in with `watchbill login` or set ${Places.ServerChoice.TokenVariable} [default: ${Places.ServerChoice.ServerVariable}]",
        HelpName = "URL",
        Recursive = true,
    }.WithText("server", TextRules.LongText);

    public Option<string?> Connector { get; } = new Option<string?>("--connector", "-c")
    {
        Description = "Which connector, by name or number; needed only when there are several",
        HelpName = "name",
        Recursive = true,
    }.WithText("connector", TextRules.Name);

    public Option<OutputFormat> Format { get; } = new Option<OutputFormat>("--output", "-o")
    {
        Description = "How data is written: table, json or csv",
        HelpName = "table|json|csv",
        Recursive = true,
        DefaultValueFactory = _ => OutputFormat.Table,
    }.AcceptingChoices(OutputFormat.Table, OutputFormat.Json, OutputFormat.Csv);

    public Option<bool> SafeCsv { get; } = new("--csv-safe")
    {
        Description = "With csv: put an apostrophe before values that a spreadsheet would run as a formula; the values are then no longer exact",
        Recursive = true,
    };

    public Option<bool> RequireComplete { get; } = new("--require-complete")
    {
        Description = "End with code 6 when an answer rests on stale scopes (it is printed all the same)",
        Recursive = true,
    };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "Plain text [also: NO_COLOR]", Recursive = true };

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Say more on stderr; show where an unexpected error happened", Recursive = true };

    public bool IsVerbose(ParseResult parsed) => parsed.GetValue(Verbose);

    public void AddTo(Command root)
    {
        foreach (var option in new Option[] { Database, Demo, KeyFolder, Server, Connector, Format, SafeCsv, RequireComplete, NoColor, Verbose })
        {
            root.Add(option);
        }
    }
}
