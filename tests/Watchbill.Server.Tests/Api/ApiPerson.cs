using System.Net.Http.Headers;
using Watchbill.Contracts.Client;
using Watchbill.People;
using Watchbill.People.SigningIn;
using Watchbill.People.Tokens;
using Watchbill.Server.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>Somebody with an account who uses the API with a token of their own.</summary>
/// <param name="Client">The typed client.</param>
/// <param name="Account">Their account.</param>
internal sealed record ApiPerson(WatchbillClient Client, long Account)
{
    /// <summary>Lets somebody join, and gives them a token with all their rights.</summary>
    public static async Task<ApiPerson> JoinAsync(ServedOrganization served, string address, Role role)
    {
        var signedIn = await served.JoinAsync(address, "Robin Example", role);
        var caller = (await served.Get<Sessions>().FindAsync(signedIn.Token, "127.0.0.1", CancellationToken.None))!.Caller;
        var token = ServedPeople.Must(await served.Get<ApiTokens>().CreateAsync(new ApiTokenInput("test", [.. RoleRights.Of(role)], served.Get<TimeProvider>().GetUtcNow().AddDays(30)), caller, CancellationToken.None));
        var http = served.Client();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        return new ApiPerson(new WatchbillClient(http), caller.Account!.Value.Value);
    }
}
