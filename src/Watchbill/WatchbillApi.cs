using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Access;
using Watchbill.Access.Matching;
using Watchbill.Api;
using Watchbill.Compliance;
using Watchbill.Compliance.Actions;
using Watchbill.Compliance.Artifacts;
using Watchbill.Connectors;
using Watchbill.Connectors.Collecting;
using Watchbill.Connectors.Provisioning;
using Watchbill.Contracts;
using Watchbill.Engagements;
using Watchbill.Integrity;
using Watchbill.Kernel;
using Watchbill.Notifications;
using Watchbill.Notifications.Channels;
using Watchbill.Operations;
using Watchbill.Operations.AuditExport;
using Watchbill.Packs;
using Watchbill.People;
using Watchbill.People.Identities;
using Watchbill.People.Identities.Scim;
using Watchbill.Requests;
using Watchbill.Requests.Drifts;
using Watchbill.Requests.Insight;
using Watchbill.Reviews;
using Watchbill.Reviews.Absences;

namespace Watchbill;

/// <summary>The HTTP API: the addresses of all features.</summary>
public static class WatchbillApi
{
    /// <summary>Where it begins.</summary>
    public const string Prefix = "/api/v1";

    /// <summary>Maps it. The host decides who a caller is and gives requests their <see cref="Caller"/>.</summary>
    public static void MapWatchbillApi(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var api = routes.MapGroup(Prefix).RequireAuthorization().DisableAntiforgery().AddEndpointFilter(RefuseChangesOfSessionsAsync).AddEndpointFilterFactory(RequestChecks.Create);
        var connector = ConnectorEndpoints.Map(api);
        RunEndpoints.Map(api, connector);
        AccessEndpoints.Map(connector);
        EvidenceEndpoints.Map(connector);
        ComplianceEndpoints.Map(api, connector);
        ArtifactEndpoints.Map(api, connector);
        ProvisioningEndpoints.Map(connector);
        MatchEndpoints.Map(api, connector);
        ActionEndpoints.Map(api);
        EngagementEndpoints.Map(api);
        PeopleEndpoints.Map(api);
        IdentityEndpoints.Map(api);
        DeviceEndpoints.Map(api);
        AuditEndpoints.Map(api);
        LogEndpoints.Map(api);
        MailEndpoints.Map(api);
        ChannelEndpoints.Map(api);
        RequestEndpoints.Map(api);
        DriftEndpoints.Map(api);
        InsightEndpoints.Map(api);
        ReviewEndpoints.Map(api);
        AbsenceEndpoints.Map(api);
        StatusEndpoints.Map(api);

        ScimEndpoints.Map(routes);
        LogEndpoints.MapTiles(routes);
        PackEndpoints.Map(routes);
        ArtifactEndpoints.MapFiles(routes);
        AuditFeedEndpoints.Map(routes);
    }

    /// <summary>A browser sends its session's cookie with whatever a page of somebody else makes it send. An API token it does not send by itself.</summary>
    private static async ValueTask<object?> RefuseChangesOfSessionsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        return reads || context.HttpContext.RequestServices.GetService(typeof(Caller)) is not Caller { Actor.Kind: ActorKind.Account }
            ? await next(context)
            : Problems.Of(StatusCodes.Status403Forbidden, ProblemCodes.TokenNeeded, "Changes through the API need an API token; a browser's session may only read here. In the console, use its pages.");
    }
}
