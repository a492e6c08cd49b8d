using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
        scim.MapGet("/Users", ([AsParameters] AskAboutUsers ask) => ask.ListAsync());
        scim.MapGet("/Users/{id}", ([AsParameters] AskAboutUsers ask, string id) => ask.OneAsync(ask.Users.FindAsync(ask.Pusher, id, ask.Stop)));
        scim.MapPost("/Users", ([AsParameters] AskAboutUsers ask) => ask.ChangeAsync(sent => ask.Users.CreateAsync(ask.Pusher, sent, ask.Stop), StatusCodes.Status201Created));
        scim.MapPut("/Users/{id}", ([AsParameters] AskAboutUsers ask, string id) =>
            ask.ChangeAsync(sent => ask.Users.ReplaceAsync(ask.Pusher, id, sent, ask.Stop), StatusCodes.Status200OK));
        scim.MapPatch("/Users/{id}", ([AsParameters] AskAboutUsers ask, string id) =>
            ask.ChangeAsync(sent => ask.Users.PatchAsync(ask.Pusher, id, sent, ask.Stop), StatusCodes.Status200OK));
        scim.MapDelete("/Users/{id}", ([AsParameters] AskAboutUsers ask, string id) => GoneAsync(ask.Users.DeleteAsync(ask.Pusher, id, ask.Stop)));
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

    /// <summary>The answer to a deletion.</summary>
    public static async Task<IResult> GoneAsync<T>(Task<Result<T>> delete) => (await delete).Refusal is { } refusal ? Of(refusal) : Results.NoContent();

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

    /// <summary>A request about people.</summary>
    internal sealed record AskAboutUsers(HttpContext Http, ScimUsers Users, PublicAddress Address) : ScimAskEndpoints<Identity>(Http, Address)
    {
        protected override string Folder => "Users";

        protected override Task<Result<ScimPage<Identity>>> FindAsync(string? filter, (int Start, int Count) part) => Users.ListAsync(Pusher, filter, part, Stop);

        protected override string KeyOf(Identity one) => one.Key;

        protected override JsonObject Write(Identity one, string location) => ScimResource.Write(one, location);
    }
}
