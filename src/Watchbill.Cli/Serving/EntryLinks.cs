using Microsoft.Extensions.DependencyInjection;
using Watchbill.People;
using Watchbill.People.SigningIn;
using Watchbill.Server;

namespace Watchbill.Cli.Serving;

/// <summary>
/// One-time links that lead the first person in. They are printed for whoever sits at the machine that holds the database, and only there: never
/// logged, good once, for a day.
/// </summary>
internal static class EntryLinks
{
    private const string DemoName = "Demo Administrator";
    private const string DemoAddress = "admin@example.com";

    /// <summary>What to do first on a server without accounts; null once there is one.</summary>
    public static async Task<string?> SetUpAsync(WatchbillServer server, Caller caller, CancellationToken cancellationToken)
    {
        if (!await server.Services.GetRequiredService<AccountQueries>().NeedsSetUpAsync(cancellationToken))
        {
            return null;
        }

        var link = await server.Services.GetRequiredService<SetupLink>().IssueAsync(caller, cancellationToken);
        return link.Succeeded
            ? $"Nobody has an account yet. Make the first Super Administrator here (once, within a day):\n  {link.Value.Address}"
            : link.Refusal!.Code == PeopleRefusals.PasswordsAreOff().Code ? "Nobody has an account yet. The first Super Administrator comes by the identity provider, from a group that OIDC_GROUP_ROLES gives the role."
            : null;
    }

    /// <summary>The way into the demonstration without a password; the sentence says why not where there is none.</summary>
    public static async Task<string> DemoAsync(WatchbillServer server, Caller caller, CancellationToken cancellationToken)
    {
        var link = await server.Services.GetRequiredService<SignInLink>().IssueAsync(DemoName, DemoAddress, caller, cancellationToken);
        return link.Succeeded ? $"Look around in the browser, signed in by this link (once, within a day; Ctrl+C ends the server):\n  {link.Value.Address}" : link.Refusal!.Message;
    }
}
