using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Compliance;
using Watchbill.Console.Shared;
using Watchbill.Console.SignedIn;
using Watchbill.Kernel;
using Watchbill.Packs;
using Watchbill.People;
using Instant = Watchbill.Console.Pages.Explore.Instant;

namespace Watchbill.Console.Pages.Compliance;

/// <summary>Makes the pack that the page asks for; what is refused leads back to the page, which says why.</summary>
internal static class PackFile
{
    private static readonly IReadOnlyList<Refusal> Refusals =
        [PackRefusals.NoRun(), PackRefusals.BadPeriod(PackRequest.MostDays), PackRefusals.TooLarge(), PackRefusals.NotMade("The disk may be full."), PackRefusals.Changed(default), ComplianceRefusals.NoSuchFramework("of this name")];

    public static void MapPackFile(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/org/{connector:long}/pack.zip", [Needs(Right.ReadAudit)] (long connector, HttpContext context, BuildPack build, CurrentCaller me, TimeProvider clock) =>
            SendAsync(connector, context, (build, me.Caller, clock))).ExcludeFromDescription();

    /// <summary>The refusal that an address names by its code; null for none of ours.</summary>
    public static Refusal? RefusalOf(string? code) => Refusals.FirstOrDefault(refusal => refusal.Code == code);

    private static async Task<IResult> SendAsync(long connector, HttpContext context, (BuildPack Build, Caller Caller, TimeProvider Clock) with)
    {
        var query = context.Request.Query;
        string Text(string name) => query[name].ToString();
        var request = PackRequest.Of(new ConnectorId(connector), Text("framework"), Instant.Parse(Text("from")), Instant.Parse(Text("to")), with.Clock.GetUtcNow());
        var made = await with.Build.RunAsync(request, Path.GetTempPath(), with.Caller, context.RequestAborted);
        return made.Succeeded
            ? PackEndpoints.Send(context, made.Value)
            : Results.Redirect(QueryAddress.Join($"/org/{connector}/pack", ("framework", Text("framework")), ("from", Text("from")), ("to", Text("to")), ("refused", made.Refusal!.Code)));
    }
}
