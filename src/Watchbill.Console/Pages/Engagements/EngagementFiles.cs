using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Compliance.Artifacts;
using Watchbill.Console.Pages.Compliance;
using Watchbill.Console.Shared;
using Watchbill.Console.SignedIn;
using Watchbill.Engagements;
using Watchbill.Kernel;
using Watchbill.Packs;
using Watchbill.People;

namespace Watchbill.Console.Pages.Engagements;

/// <summary>Files of an engagement: evidence packs, and what came with answers.</summary>
internal static class EngagementFiles
{
    public static void MapEngagementFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/engagements/{engagement:long}/pack/{connector:long}.zip", [Needs(Right.EnterEngagements)] async (long engagement, long connector, HttpContext context, RoomPacks packs, CurrentCaller me) =>
            Send(engagement, context, await packs.MakeAsync(new EngagementId(engagement), new ConnectorId(connector), Path.GetTempPath(), me.Caller, context.RequestAborted))).ExcludeFromDescription();
        routes.MapGet("/engagements/{engagement:long}/packs.zip", [Needs(Right.EnterEngagements)] async (long engagement, HttpContext context, RoomPacks packs, CurrentCaller me) =>
            Send(engagement, context, await packs.MakeSetAsync(new EngagementId(engagement), Path.GetTempPath(), me.Caller, context.RequestAborted))).ExcludeFromDescription();
        routes.MapGet("/engagements/{engagement:long}/files/{artifact:long}", [Needs(Right.EnterEngagements)] async (long engagement, long artifact, HttpContext context, AuditRoom rooms, CurrentCaller me) =>
            await rooms.FileAsync(new EngagementId(engagement), new ArtifactId(artifact), me.Caller, context.RequestAborted) is var found && found.Succeeded
                ? ArtifactEndpoints.Send(found.Value)
                : Refuse(found.Refusal!)).ExcludeFromDescription();
    }

    private static IResult Send(long engagement, HttpContext context, Result<MadePack> made) =>
        made.Succeeded ? PackEndpoints.Send(context, made.Value)
        : PackFile.RefusalOf(made.Refusal!.Code) is null ? Refuse(made.Refusal)
        : Results.Redirect(QueryAddress.Join($"/engagements/{engagement}", ("refused", made.Refusal.Code)));

    private static IResult Refuse(Refusal refusal) =>
        Results.Text(refusal.Message, statusCode: refusal.Kind is RefusalKind.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict);
}
