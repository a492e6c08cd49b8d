using System.CommandLine;
using Watchbill.Cli.Places;
using Watchbill.Contracts.Client;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill logout</c>: revokes the token that a login brought, and forgets it.</summary>
internal static class LogoutCommand
{
    public static Command Create(CommandHost host) => host.Handle(
        new DocumentedCommand("logout", "Revoke the token that `login` brought, and forget it") { Examples = ["./watchbill logout --server https://watchbill.example.com"] }, RunAsync);

    private static async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var server = context.Server ?? throw new BadInputException($"Say which server, with --server URL or ${ServerChoice.ServerVariable}.");
        if (KeptLogins.Of(context.Terminal).Forget(server.Address) is not { } login)
        {
            context.Say($"Nobody was signed in to {server.Address}.");
            return ExitCode.Ok;
        }

        // Forgotten here whatever the server says: a token that nobody holds does little harm, one that somebody believes gone does much.
        using var http = server.Connect(login.Token, context.Say);
        var people = new WatchbillClient(http).People;
        try
        {
            var mine = await people.MyTokensAsync(cancellationToken);
            if (mine.FirstOrDefault(token => token.LastFour == login.Token[^4..] && token is { RevokedAt: null }) is { } token)
            {
                await people.RevokeTokenAsync(token.Id, cancellationToken);
            }
        }
        catch (WatchbillApiException refused)
        {
            context.Say($"The server did not revoke the token ({refused.Message.TrimEnd('.')}); look at your tokens in the console.");
            return ExitCode.Refused;
        }

        context.Say($"Signed out of {server.Address}; its token is revoked.");
        return ExitCode.Ok;
    }
}
