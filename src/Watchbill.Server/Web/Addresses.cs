using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Watchbill.Server.Web;

/// <summary>Where things are, and for whom.</summary>
internal static class Addresses
{
    public const string Api = "/api";
    public const string Events = "/events";
    public const string Scim = "/scim";

    /// <summary>The evidence log, as tools for transparency logs read it.</summary>
    public const string Log = "/evidence-log";

    /// <summary>Evidence packs, as programs fetch them.</summary>
    public const string Packs = "/evidence-packs";

    /// <summary>What artifacts hold, as programs and people fetch it.</summary>
    public const string Artifacts = "/artifact-files";

    /// <summary>Assistants, over the Model Context Protocol.</summary>
    public const string Assistants = "/mcp";

    /// <summary>Audit events as lines of JSON.</summary>
    public const string AuditFeed = "/audit-log.jsonl";
    public const string SignInPage = "/sign-in";

    /// <summary>Whether a program asks, who wants a status rather than a page.</summary>
    public static bool IsForPrograms(HttpRequest request) => IsOfApi(request) || request.Path.StartsWithSegments(Events);

    /// <summary>Whether the address belongs to the API and what stands beside it, rather than to the console.</summary>
    public static bool IsOfApi(HttpRequest request) =>
        request.Path.StartsWithSegments(Api) || request.Path.StartsWithSegments(Scim) || request.Path.StartsWithSegments(Log) || request.Path.StartsWithSegments(Packs)
        || request.Path.StartsWithSegments(Artifacts) || request.Path.StartsWithSegments(Assistants) || request.Path.StartsWithSegments(AuditFeed);

    /// <summary>The sign-in page, which leads back here. Only pages are led back to: a form that was sent is not sent again.</summary>
    public static string SignIn(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path != "/"
            ? SignInPage + QueryString.Create("return", request.GetEncodedPathAndQuery())
            : SignInPage;
}
