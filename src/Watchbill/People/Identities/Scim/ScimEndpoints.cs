using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Api;
using Watchbill.Kernel;

namespace Watchbill.People.Identities.Scim;

/// <summary>SCIM 2.0 (RFC 7643 and 7644) for identity providers that push people: users and groups, found, listed, made, replaced, patched and deleted. The token says which directory.</summary>
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
        var scim = routes.MapGroup(Prefix).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription().AddEndpointFilter(OnlyPushersAsync);
        scim.MapGet("/ServiceProviderConfig", static () => Answer(Describe()));
        scim.MapGet("/ResourceTypes", static () => Answer(List([UserType(), GroupType()])));
        scim.MapGet("/ResourceTypes/Group", static () => Answer(GroupType()));
        scim.MapGet("/ResourceTypes/User", static () => Answer(UserType()));
        scim.MapGet("/Schemas", static () => Answer(List([.. ScimSchemas.All()])));
        scim.MapGet("/Schemas/{id}", static (string id) => Answer(
            ScimSchemas.All().FirstOrDefault(schema => (string?)schema["id"] == id) is { } schema ? schema : ScimRefusals.NoSuchUser(id)));
        scim.MapGet("/Users", ([AsParameters] ScimAskEndpoints ask) => ask.ListAsync());
        scim.MapGet("/Users/{id}", ([AsParameters] ScimAskEndpoints ask, string id) => ask.OneAsync(ask.Users.FindAsync(ask.Pusher, id, ask.Stop)));
        scim.MapPost("/Users", ([AsParameters] ScimAskEndpoints ask) => ask.ChangeAsync(sent => ask.Users.CreateAsync(ask.Pusher, sent, ask.Stop), StatusCodes.Status201Created));
        scim.MapPut("/Users/{id}", ([AsParameters] ScimAskEndpoints ask, string id) =>
            ask.ChangeAsync(sent => ask.Users.ReplaceAsync(ask.Pusher, id, sent, ask.Stop), StatusCodes.Status200OK));
        scim.MapPatch("/Users/{id}", ([AsParameters] ScimAskEndpoints ask, string id) =>
            ask.ChangeAsync(sent => ask.Users.PatchAsync(ask.Pusher, id, sent, ask.Stop), StatusCodes.Status200OK));
        scim.MapDelete("/Users/{id}", ([AsParameters] ScimAskEndpoints ask, string id) => ask.DeleteAsync(id));
        ScimGroupEndpoints.Map(scim);
        scim.MapFallback("/{**path}", static () => Answer(ScimRefusals.NoSuchPlace()));
    }

    /// <summary>Finds out who pushes, and where to, before any address is asked: none can forget to.</summary>
    private static async ValueTask<object?> OnlyPushersAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var header = http.Request.Headers.Authorization.ToString();
        var pusher = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? await http.RequestServices.GetRequiredService<ScimUsers>().FindPusherAsync(header[Bearer.Length..].Trim(), Visitors.AddressOf(http), http.RequestAborted)
            : null;
        if (pusher is null)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Error(StatusCodes.Status401Unauthorized, "Send the directory's token as a bearer token.");
        }

        http.Features.Set(pusher);
        return await next(context);
    }

    public static IResult Answer(Result<JsonObject> answer) => answer.Succeeded ? Answer(StatusCodes.Status200OK, answer.Value) : Of(answer.Refusal!);

    public static IResult Answer(int status, JsonNode body) => Results.Text(body.ToJsonString(), MediaType, statusCode: status);

    public static IResult Of(Refusal refusal) => Error(
        refusal.Kind is RefusalKind.Invalid ? StatusCodes.Status400BadRequest : Problems.StatusOf(refusal.Kind),
        refusal.Message,
        refusal.Code switch
        {
            "scim-user-exists" or "scim-group-exists" => "uniqueness",
            "scim-filter-invalid" => "invalidFilter",
            "scim-path-invalid" => "invalidPath",
            "scim-no-target" => "noTarget",
            "scim-value-invalid" or "scim-member-not-found" => "invalidValue",
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

    /// <summary>A name that is there twice would mean one thing to one reader and another to the next.</summary>
    public static async Task<JsonObject?> SentAsync(HttpContext http)
    {
        try
        {
            return await JsonNode.ParseAsync(http.Request.Body, documentOptions: new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false }, cancellationToken: http.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A whole number of an address; null for something else.</summary>
    public static int? Number(string? text, int otherwise) =>
        string.IsNullOrEmpty(text) ? otherwise : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

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

    private static JsonObject GroupType() => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ResourceType"),
        ["id"] = "Group",
        ["name"] = "Group",
        ["endpoint"] = "/Groups",
        ["schema"] = ScimResource.GroupSchema,
    };

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
internal sealed record ScimAskEndpoints(HttpContext Http, ScimUsers Users, PublicAddress Address)
{
    public CancellationToken Stop => Http.RequestAborted;

    /// <summary>Who pushes, as the filter of all addresses found out.</summary>
    public DirectoryPusher Pusher => Http.Features.GetRequiredFeature<DirectoryPusher>();

    public async Task<IResult> ListAsync()
    {
        var query = Http.Request.Query;
        if (ScimEndpoints.Number(query["startIndex"], 1) is not { } start || ScimEndpoints.Number(query["count"], ScimUsers.MostInPage) is not { } count)
        {
            return ScimEndpoints.Of(ScimRefusals.BadValue("startIndex or count", "is not a whole number"));
        }

        var page = await Users.ListAsync(Pusher, query["filter"], (start, count), Stop);
        return ScimEndpoints.Answer(page.Select(found => ScimEndpoints.List([.. found.Items.Select(Write)], found.Total, found.Start)));
    }

    public async Task<IResult> OneAsync(Task<Result<Identity>> ask) => Show(await ask, StatusCodes.Status200OK);

    public async Task<IResult> ChangeAsync(Func<JsonObject, Task<Result<Identity>>> change, int status) =>
        await ScimEndpoints.SentAsync(Http) is { } sent
            ? Show(await change(sent), status)
            : ScimEndpoints.Error(StatusCodes.Status400BadRequest, "The body is not a JSON object.", "invalidSyntax");

    public async Task<IResult> DeleteAsync(string id) => (await Users.DeleteAsync(Pusher, id, Stop)).Refusal is { } refusal ? ScimEndpoints.Of(refusal) : Results.NoContent();

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

    private JsonNode Write(Identity person) => ScimResource.Write(person, Location(person));

    private string Location(Identity person) => Address.Of($"{ScimEndpoints.Prefix}/Users/{person.Key}").AbsoluteUri;
}
