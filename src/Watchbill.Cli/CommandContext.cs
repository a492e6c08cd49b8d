using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Cli.Output;
using Watchbill.Cli.Places;
using Watchbill.Contracts.Client;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Cli;

/// <summary>One run of one command: what was asked, where to write, and the product, opened only when somebody needs it.</summary>
internal sealed class CommandContext(Terminal terminal, GlobalOptions global, ParseResult parsed) : IAsyncDisposable
{
    private ServiceProvider? _services;
    private HttpClient? _http;
    private IWatchbill? _watchbill;

    public Terminal Terminal => terminal;

    public ParseResult Parsed => parsed;

    /// <summary>The person at this keyboard, for the audit trail.</summary>
    public Actor Actor { get; } = new(ActorKind.CommandLine, Environment.UserName, Environment.MachineName);

    /// <summary>The same person, with everything that whoever holds the database may do.</summary>
    public Caller Caller => Caller.AtCommandLine(Actor);

    /// <summary>What the global options say about output.</summary>
    public OutputChoice Choice { get; } = new(
        parsed.GetValue(global.Format),
        parsed.GetValue(global.SafeCsv),
        !parsed.GetValue(global.NoColor) && string.IsNullOrEmpty(terminal.Variable("NO_COLOR")));

    /// <summary>The connector that was named; null when none was.</summary>
    public string? ConnectorName => parsed.GetValue(global.Connector);

    /// <summary>Which database the command line means.</summary>
    public DatabaseChoice Database => DatabaseChoice.Of(terminal, global, parsed);

    /// <summary>The server that the command line means; null when it means a database.</summary>
    public ServerChoice? Server { get; } = ServerChoice.Of(terminal, global, parsed);

    /// <summary>What commands ask: the database at hand, or the server that was named.</summary>
    public IWatchbill Watchbill => _watchbill ??= Server is { } server
        ? new WatchbillOnServer(new WatchbillClient(_http = server.Connect(server.ReadToken(terminal), Say)), terminal.Clock)
        : new WatchbillHere(() => Services, Caller);

    /// <summary>What a command about an existing database works with; ends with a sentence when there is none yet.</summary>
    public ServiceProvider Services => _services ??= Database.Open(create: false);

    public SheetPrinter Printer => new(terminal, Choice);

    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    /// <summary>What was written for an argument; its default when it may be left out and was.</summary>
    public T Value<T>(Argument<T> argument) => parsed.GetValue(argument)!;

    /// <summary>Makes the database when there is none yet: only for commands that bring the first thing into it.</summary>
    public void CreateDatabase() => _services ??= Server is null ? Database.Open(create: true) : null;

    /// <summary>Works with this database, whatever the command line says, and makes it when there is none.</summary>
    public void Use(DatabaseChoice database) => _services ??= database.Open(create: true);

    /// <summary>For a command that needs no database: none is opened, none is made.</summary>
    public void UseNoDatabase() => _services ??= Server is null ? Database.Compose() : null;

    /// <summary>For a command that works here only.</summary>
    /// <exception cref="BadInputException">A server was named.</exception>
    public void RefuseServer(string command)
    {
        if (Server is not null)
        {
            throw new BadInputException($"`{command}` works on this machine only; leave --server and ${ServerChoice.ServerVariable} out.");
        }
    }

    /// <summary>A service of the product.</summary>
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Prints the sheet. Its end is 0, or 6 when stale scopes were found and --require-complete was written.</summary>
    public ExitCode Show<T>(Sheet<T> sheet)
    {
        Printer.Print(sheet);
        return sheet.Standing is { IsComplete: false } && parsed.GetValue(global.RequireComplete) ? ExitCode.Incomplete : ExitCode.Ok;
    }

    /// <summary>Says why not, and gives the end that belongs to it.</summary>
    public ExitCode Refuse(Refusal refusal)
    {
        Say(refusal.Message);
        return ExitCodes.Of(refusal);
    }

    /// <summary>A line for the person, not part of the data.</summary>
    public void Say(string line) => terminal.Error.WriteLine(PrintableText.Of(line));

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }
    }
}
