using System.Net.Http.Headers;
using Watchbill.People;
using Watchbill.People.SigningIn;
using Watchbill.People.Tokens;

namespace Watchbill.Server.Testing;

/// <summary>Programs that call the API of a server that tests started, each with a real API token of a real account.</summary>
public static class ServedPrograms
{
    private static int _programs;

    /// <summary>A client whose token may do whatever these roles may. Without roles it is nobody's.</summary>
    public static async Task<HttpClient> ProgramAsync(this ServedOrganization served, params Role[] roles)
    {
        ArgumentNullException.ThrowIfNull(served);
        var client = served.Client();
        if (roles.Length > 0)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await served.TokenAsync(roles));
        }

        return client;
    }

    /// <summary>The text of a new API token of a new account with these roles.</summary>
    public static Task<string> TokenAsync(this ServedOrganization served, params Role[] roles) =>
        served.TokenOfAsync($"program-{Interlocked.Increment(ref _programs)}@example.com", roles);

    /// <summary>The same for a new account with this address.</summary>
    public static async Task<string> TokenOfAsync(this ServedOrganization served, string address, params Role[] roles)
    {
        ArgumentNullException.ThrowIfNull(served);
        var signedIn = await served.JoinAsync(address, "Robin Example", roles);
        var holder = await served.Get<Sessions>().FindAsync(signedIn.Token, "127.0.0.1", CancellationToken.None);
        var input = new ApiTokenInput("test", [.. RoleRights.Of(roles)], served.Get<TimeProvider>().GetUtcNow().AddDays(30));
        return ServedPeople.Must(await served.Get<ApiTokens>().CreateAsync(input, holder!.Caller, CancellationToken.None)).Text;
    }
}
