using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Kernel;

namespace Watchbill.People.Identities.Scim;

/// <summary>The groups of SCIM 2.0.</summary>
internal static class ScimGroupEndpoints
{
    public static void Map(RouteGroupBuilder scim)
    {
        scim.MapGet("/Groups", ([AsParameters] AskAboutGroups ask) => ask.ListAsync());
        scim.MapGet("/Groups/{id}", ([AsParameters] AskAboutGroups ask, string id) => ask.OneAsync(ask.Groups.FindAsync(ask.Pusher, id, ask.Stop)));
        scim.MapPost("/Groups", ([AsParameters] AskAboutGroups ask) => ask.ChangeAsync(sent => ask.Groups.CreateAsync(ask.Pusher, sent, ask.Stop), StatusCodes.Status201Created));
        scim.MapPut("/Groups/{id}", ([AsParameters] AskAboutGroups ask, string id) =>
            ask.ChangeAsync(sent => ask.Groups.ReplaceAsync(ask.Pusher, id, sent, ask.Stop), StatusCodes.Status200OK));
        scim.MapPatch("/Groups/{id}", ([AsParameters] AskAboutGroups ask, string id) =>
            ask.ChangeAsync(sent => ask.Groups.PatchAsync(ask.Pusher, id, sent, ask.Stop), StatusCodes.Status200OK));
        scim.MapDelete("/Groups/{id}", ([AsParameters] AskAboutGroups ask, string id) => ScimEndpoints.GoneAsync(ask.Groups.DeleteAsync(ask.Pusher, id, ask.Stop)));
    }

    /// <summary>A request about groups.</summary>
    internal sealed record AskAboutGroups(HttpContext Http, ScimGroups Groups, PublicAddress Address) : ScimAskEndpoints<ScimGroup>(Http, Address)
    {
        protected override string Folder => "Groups";

        /// <summary>Providers that ask for a group before each change leave its members out.</summary>
        private bool WithMembers => !Http.Request.Query["excludedAttributes"].ToString().Contains("members", StringComparison.OrdinalIgnoreCase);

        protected override Task<Result<ScimPage<ScimGroup>>> FindAsync(string? filter, (int Start, int Count) part) => Groups.ListAsync(Pusher, filter, (part.Start, part.Count, WithMembers), Stop);

        protected override string KeyOf(ScimGroup one) => one.Key;

        protected override JsonObject Write(ScimGroup one, string location) => ScimResource.Write(one, location, WithMembers);
    }
}
