using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Kernel;

namespace Watchbill.People.Identities.Scim;

/// <summary>SCIM 2.0 (RFC 7643 and 7644) for identity providers that push people: users only, found, listed, made, replaced, patched and deleted. The token says which directory.</summary>
internal static class ScimEndpoints
{
    /// <summary>Where identity providers push to.</summary>
    public const string Prefix = "/scim/v2";

    private const string MediaType = "application/scim+json";
    private const string Bearer = "Bearer ";
    private const string ErrorSchema = "urn:ietf:params:scim:api:messages:2.0:Error";
    private const string ListSchema = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var scim = routes.MapGroup(Prefix).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        scim.MapGet("/ServiceProviderConfig", ([AsParameters] ScimAskEndpoints ask) => ask.AnswerAsync(static _ => Describe()));
        scim.MapGet("/ResourceTypes", ([AsParameters] ScimAskEndpoints ask) => ask.AnswerAsync(static _ => List([UserType()])));
        scim.MapGet("/ResourceTypes/User", ([AsParameters] ScimAskEndpoints ask) => ask.AnswerAsync(static _ => UserType()));
        scim.MapGet("/Schemas", ([AsParameters] ScimAskEndpoints ask) => ask.AnswerAsync(static _ => List([.. ScimSchemas.All()])));
        scim.MapGet("/Schemas/{id}", ([AsParameters] ScimAskEndpoints ask, string id) => ask.AnswerAsync(
            _ => ScimSchemas.All().FirstOrDefault(schema => (string?)schema["id"] == id) is { } schema ? schema : ScimRefusals.NoSuchUser(id)));
        scim.MapGet("/Users", ([AsParameters] ScimAskEndpoints ask) => ask.ListAsync());
        scim.MapGet("/Users/{id}", ([AsParameters] ScimAskEndpoints ask, string id) => ask.OneAsync(pusher => ask.Users.FindAsync(pusher, id, ask.Stop)));
        scim.MapPost("/Users", ([AsParameters] ScimAskEndpoints ask) => ask.ChangeAsync((pusher, sent) => ask.Users.CreateAsync(pusher, sent, ask.Stop), StatusCodes.Status201Created));
        scim.MapPut("/Users/{id}", ([AsParameters] ScimAskEndpoints ask, string id) =>
            ask.ChangeAsync((pusher, sent) => ask.Users.ReplaceAsync(pusher, id, sent, ask.Stop), StatusCodes.Status200OK));
        scim.MapPatch("/Users/{id}", ([AsParameters] ScimAskEndpoints ask, string id) =>
            ask.ChangeAsync((pusher, sent) => ask.Users.PatchAsync(pusher, id, sent, ask.Stop), StatusCodes.Status200OK));
        scim.MapDelete("/Users/{id}", ([AsParameters] ScimAskEndpoints ask, string id) => ask.DeleteAsync(id));
        scim.MapFallback("/{**path}", ([AsParameters] ScimAskEndpoints ask) => ask.AnswerAsync(static _ => ScimRefusals.NoSuchPlace()));
    }

    /// <summary>Who may push, and where to.</summary>
    public static async Task<DirectoryPusher?> PusherOfAsync(HttpContext http, ScimUsers users)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? await users.FindPusherAsync(header[Bearer.Length..].Trim(), Visitors.AddressOf(http), http.RequestAborted)
            : null;
    }

    public static IResult Answer(int status, JsonNode body) => Results.Text(body.ToJsonString(), MediaType, statusCode: status);

    public static IResult NotKnown(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Error(StatusCodes.Status401Unauthorized, "Send the directory's token as a bearer token.");
    }

    public static IResult Of(Refusal refusal) => Error(
        refusal.Kind is RefusalKind.Invalid ? StatusCodes.Status400BadRequest : Problems.StatusOf(refusal.Kind),
        refusal.Message,
        refusal.Code switch
        {
            "scim-user-exists" => "uniqueness",
            "scim-filter-invalid" => "invalidFilter",
            "scim-path-invalid" => "invalidPath",
            "scim-no-target" => "noTarget",
            "scim-value-invalid" => "invalidValue",
            _ => null,
        });

    public static IResult Error(int status, string detail, string? kind = null)
    {
        JsonObject error = new() { ["schemas"] = new JsonArray(ErrorSchema), ["status"] = status.ToString(CultureInfo.InvariantCulture), ["detail"] = detail };
        if (kind is not null)
        {
            error["scimType"] = kind;
        }

        return Answer(status, error);
    }

    public static JsonObject List(IReadOnlyList<JsonNode> items, int? total = null, int start = 1) => new()
    {
        ["schemas"] = new JsonArray(ListSchema),
        ["totalResults"] = total ?? items.Count,
        ["startIndex"] = start,
        ["itemsPerPage"] = items.Count,
        ["Resources"] = new JsonArray([.. items]),
    };

    private static JsonObject Describe() => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
        ["patch"] = Supported(true),
        ["bulk"] = new JsonObject { ["supported"] = false, ["maxOperations"] = 0, ["maxPayloadSize"] = 0 },
        ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = ScimUsers.MostInPage },
        ["changePassword"] = Supported(false),
        ["sort"] = Supported(false),
        ["etag"] = Supported(false),
        ["authenticationSchemes"] = new JsonArray(new JsonObject { ["type"] = "oauthbearertoken", ["name"] = "Bearer token", ["description"] = "The token of one directory, made in Watchbill" }),
    };

    private static JsonObject Supported(bool isSupported) => new() { ["supported"] = isSupported };

    private static JsonObject UserType() => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ResourceType"),
        ["id"] = "User",
        ["name"] = "User",
        ["endpoint"] = "/Users",
        ["schema"] = ScimResource.CoreSchema,
        ["schemaExtensions"] = new JsonArray(new JsonObject { ["schema"] = ScimResource.EnterpriseSchema, ["required"] = false }),
    };
}

/// <summary>A request of an identity provider.</summary>
internal readonly record struct ScimAskEndpoints(HttpContext Http, ScimUsers Users, PublicAddress Address)
{
    public CancellationToken Stop => Http.RequestAborted;

    public async Task<IResult> AnswerAsync(Func<DirectoryPusher, Result<JsonObject>> answer)
    {
        if (await ScimEndpoints.PusherOfAsync(Http, Users) is not { } pusher)
        {
            return ScimEndpoints.NotKnown(Http);
        }

        var answered = answer(pusher);
        return answered.Succeeded ? ScimEndpoints.Answer(StatusCodes.Status200OK, answered.Value) : ScimEndpoints.Of(answered.Refusal!);
    }

    public async Task<IResult> ListAsync()
    {
        if (await ScimEndpoints.PusherOfAsync(Http, Users) is not { } pusher)
        {
            return ScimEndpoints.NotKnown(Http);
        }

        var query = Http.Request.Query;
        if (Number(query["startIndex"], 1) is not { } start || Number(query["count"], ScimUsers.MostInPage) is not { } count)
        {
            return ScimEndpoints.Of(ScimRefusals.BadValue("startIndex or count", "is not a whole number"));
        }

        var page = await Users.ListAsync(pusher, query["filter"], (start, count), Stop);
        var self = this;
        return page.Succeeded
            ? ScimEndpoints.Answer(StatusCodes.Status200OK, ScimEndpoints.List([.. page.Value.Items.Select(self.Write)], page.Value.Total, page.Value.Start))
            : ScimEndpoints.Of(page.Refusal!);
    }

    public async Task<IResult> OneAsync(Func<DirectoryPusher, Task<Result<Identity>>> ask)
    {
        if (await ScimEndpoints.PusherOfAsync(Http, Users) is not { } pusher)
        {
            return ScimEndpoints.NotKnown(Http);
        }

        return Show(await ask(pusher), StatusCodes.Status200OK);
    }

    public async Task<IResult> ChangeAsync(Func<DirectoryPusher, JsonObject, Task<Result<Identity>>> change, int status)
    {
        if (await ScimEndpoints.PusherOfAsync(Http, Users) is not { } pusher)
        {
            return ScimEndpoints.NotKnown(Http);
        }

        return await SentAsync() is { } sent
            ? Show(await change(pusher, sent), status)
            : ScimEndpoints.Error(StatusCodes.Status400BadRequest, "The body is not a JSON object.", "invalidSyntax");
    }

    public async Task<IResult> DeleteAsync(string id)
    {
        if (await ScimEndpoints.PusherOfAsync(Http, Users) is not { } pusher)
        {
            return ScimEndpoints.NotKnown(Http);
        }

        return (await Users.DeleteAsync(pusher, id, Stop)).Refusal is { } refusal ? ScimEndpoints.Of(refusal) : Results.NoContent();
    }

    private IResult Show(Result<Identity> person, int status)
    {
        if (!person.Succeeded)
        {
            return ScimEndpoints.Of(person.Refusal!);
        }

        if (status == StatusCodes.Status201Created)
        {
            Http.Response.Headers.Location = Location(person.Value);
        }

        return ScimEndpoints.Answer(status, Write(person.Value));
    }

    /// <summary>A name that is there twice would mean one thing to one reader and another to the next.</summary>
    private async Task<JsonObject?> SentAsync()
    {
        try
        {
            return await JsonNode.ParseAsync(Http.Request.Body, documentOptions: new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false }, cancellationToken: Stop) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private JsonNode Write(Identity person) => ScimResource.Write(person, Location(person));

    private string Location(Identity person) => Address.Of($"{ScimEndpoints.Prefix}/Users/{person.Key}").AbsoluteUri;

    private static int? Number(string? text, int otherwise) =>
        string.IsNullOrEmpty(text) ? otherwise : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
