using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Inviting;
using Watchbill.People.SigningIn;

namespace Watchbill.Server.Testing;

/// <summary>Real accounts on a server that tests started, for tests of signing in itself.</summary>
public static class ServedPeople
{
    /// <summary>The password of everybody.</summary>
    public const string Password = "seven brown otters dancing";

    private static readonly Visitor Visitor = new("127.0.0.1", "Test");

    /// <summary>Password hashes that cost nothing.</summary>
    public static PeopleOptions Quick { get; } = new() { PasswordIterations = 10 };

    /// <summary>Somebody at the command line.</summary>
    public static Caller Operator { get; } = Caller.AtCommandLine(new Actor(ActorKind.CommandLine, "ann", "host.example.com"));

    /// <summary>Somebody with an accepted invitation, signed in once.</summary>
    public static async Task<SignedIn> JoinAsync(this ServedOrganization served, string address, string name, params Role[] roles)
    {
        var invited = await served.InviteAsync(address, name, roles);
        var input = new AcceptInput(SecretOf(invited.Link.Address), name, Password);
        return ((Entered.In)Must(await served.Get<AcceptInvitation>().RunAsync(input, Visitor, CancellationToken.None))).SignedIn;
    }

    /// <summary>Somebody who has not accepted yet.</summary>
    public static async Task<Invitation> InviteAsync(this ServedOrganization served, string address, string? name, params Role[] roles) =>
        Must(await served.Get<InvitePerson>().InviteAsync(new InviteInput(address, name, roles), Operator, CancellationToken.None));

    /// <summary>The secret at the end of a one-time link.</summary>
    public static string SecretOf(Uri link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link.Segments[^1];
    }

    /// <summary>Signs a client in through the sign-in page, as a browser would.</summary>
    public static async Task<HttpResponseMessage> SignInAsync(this HttpClient client, string address, string password = Password, string page = "/sign-in") =>
        await Forms.PostAsync(client, page, "sign-in", new Dictionary<string, string> { ["address"] = address, ["password"] = password });

    /// <summary>The value of an answer that must not be a refusal.</summary>
    public static T Must<T>(Result<T> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Succeeded ? result.Value : throw new InvalidOperationException(result.Refusal!.ToString());
    }
}
