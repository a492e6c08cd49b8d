using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Watchbill.Kernel;

namespace Watchbill.People.Identities.Scim;

/// <summary>The groups of SCIM 2.0.</summary>
internal static class ScimGroupEndpoints
{
    public static void Map(RouteGroupBuilder scim)
    {
        scim.MapGet("/Groups", ([AsParameters] ScimGroupAskEndpoints ask) => ask.ListAsync());
        scim.MapGet("/Groups/{id}", ([AsParameters] ScimGroupAskEndpoints ask, string id) => ask.OneAsync(ask.Groups.FindAsync(ask.Pusher, id, ask.Stop)));
        scim.MapPost("/Groups", ([AsParameters] ScimGroupAskEndpoints ask) => ask.ChangeAsync(sent => ask.Groups.CreateAsync(ask.Pusher, sent, ask.Stop), StatusCodes.Status201Created));
        scim.MapPut("/Groups/{id}", ([AsParameters] ScimGroupAskEndpoints ask, string id) =>
            ask.ChangeAsync(sent => ask.Groups.ReplaceAsync(ask.Pusher, id, sent, ask.Stop), StatusCodes.Status200OK));
        scim.MapPatch("/Groups/{id}", ([AsParameters] ScimGroupAskEndpoints ask, string id) =>
            ask.ChangeAsync(sent => ask.Groups.PatchAsync(ask.Pusher, id, sent, ask.Stop), StatusCodes.Status200OK));
        scim.MapDelete("/Groups/{id}", ([AsParameters] ScimGroupAskEndpoints ask, string id) => ask.DeleteAsync(id));
    }
}

/// <summary>A request of an identity provider about groups.</summary>
internal sealed record ScimGroupAskEndpoints(HttpContext Http, ScimGroups Groups, PublicAddress Address)
{
    public CancellationToken Stop => Http.RequestAborted;

    /// <summary>Who pushes, as the filter of all addresses found out.</summary>
    public DirectoryPusher Pusher => Http.Features.GetRequiredFeature<DirectoryPusher>();

    /// <summary>Providers that ask for a group before each change leave its members out.</summary>
    private bool WithMembers => !Http.Request.Query["excludedAttributes"].ToString().Contains("members", StringComparison.OrdinalIgnoreCase);

    public async Task<IResult> ListAsync()
    {
        var query = Http.Request.Query;
        if (ScimEndpoints.Number(query["startIndex"], 1) is not { } start || ScimEndpoints.Number(query["count"], ScimUsers.MostInPage) is not { } count)
        {
            return ScimEndpoints.Of(ScimRefusals.BadValue("startIndex or count", "is not a whole number"));
        }

        var page = await Groups.ListAsync(Pusher, query["filter"], (start, count, WithMembers), Stop);
        return ScimEndpoints.Answer(page.Select(found => ScimEndpoints.List([.. found.Items.Select(Write)], found.Total, found.Start)));
    }

    public async Task<IResult> OneAsync(Task<Result<ScimGroup>> ask) => Show(await ask, StatusCodes.Status200OK);

    public async Task<IResult> ChangeAsync(Func<JsonObject, Task<Result<ScimGroup>>> change, int status) =>
        await ScimEndpoints.SentAsync(Http) is { } sent
            ? Show(await change(sent), status)
            : ScimEndpoints.Error(StatusCodes.Status400BadRequest, "The body is not a JSON object.", "invalidSyntax");

    public async Task<IResult> DeleteAsync(string id) => (await Groups.DeleteAsync(Pusher, id, Stop)).Refusal is { } refusal ? ScimEndpoints.Of(refusal) : Results.NoContent();

    private IResult Show(Result<ScimGroup> group, int status)
    {
        if (!group.Succeeded)
        {
            return ScimEndpoints.Of(group.Refusal!);
        }

        if (status == StatusCodes.Status201Created)
        {
            Http.Response.Headers.Location = Location(group.Value);
        }

        return ScimEndpoints.Answer(status, Write(group.Value));
    }

    private JsonNode Write(ScimGroup group) => ScimResource.Write(group, Location(group), WithMembers);

    private string Location(ScimGroup group) => Address.Of($"{ScimEndpoints.Prefix}/Groups/{group.Key}").AbsoluteUri;
}
