using System.CommandLine;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill access</c>: who can reach what, and why.</summary>
internal static class AccessCommand
{
    public static Command Create(CommandHost host) => new DocumentedCommand("access", "Answer who can reach what, and why")
    {
        AccessWhoCommand.Create(host),
        AccessOfCommand.Create(host),
        AccessWhyCommand.Create(host),
        AccessBlastRadiusCommand.Create(host),
        AccessChangesCommand.Create(host),
        AccessHistoryCommand.Create(host),
    };
}
