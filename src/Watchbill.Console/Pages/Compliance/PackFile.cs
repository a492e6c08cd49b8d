using System.Globalization;
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
        [PackRefusals.NoRun(), PackRefusals.BadPeriod(PackRequest.MostDays), PackRefusals.TooLarge(), PackRefusals.NotMade("The disk may be full."), PackRefusals.Changed(default), PackRefusals.BadSources(PackSetRequest.MostSources), PackRefusals.SourceNotPacked("one of them", PackRefusals.NoRun()), ComplianceRefusals.NoSuchFramework("of this name")];

    public static void MapPackFile(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/org/{connector:long}/pack.zip", [Needs(Right.ReadAudit)] (long connector, HttpContext context, BuildPack build, CurrentCaller me, TimeProvider clock) =>
            SendAsync(connector, context, (build, me.Caller, clock))).ExcludeFromDescription();
        routes.MapGet("/packs/set.zip", [Needs(Right.ReadAudit)] (HttpContext context, BuildPackSet build, CurrentCaller me, TimeProvider clock) =>
            SendAsync(context, (build, me.Caller, clock))).ExcludeFromDescription();
    }

    /// <summary>The refusal that an address names by its code; null for none of ours.</summary>
    public static Refusal? RefusalOf(string? code) => Refusals.FirstOrDefault(refusal => refusal.Code == code);

    private static async Task<IResult> SendAsync(long connector, HttpContext context, (BuildPack Build, Caller Caller, TimeProvider Clock) with)
    {
        var request = About(new ConnectorId(connector), context, with.Clock);
        var made = await with.Build.RunAsync(request, Path.GetTempPath(), with.Caller, context.RequestAborted);
        return made.Succeeded ? PackEndpoints.Send(context, made.Value) : Back($"/org/{connector}/pack", context, ("refused", made.Refusal!.Code));
    }

    private static async Task<IResult> SendAsync(HttpContext context, (BuildPackSet Build, Caller Caller, TimeProvider Clock) with)
    {
        var sources = Sources(context.Request.Query["source"]);
        var made = await with.Build.RunAsync(PackSetRequest.Of([.. sources.Select(static id => new ConnectorId(id))], About(default, context, with.Clock)), Path.GetTempPath(), with.Caller, context.RequestAborted);
        return made.Succeeded ? PackEndpoints.Send(context, made.Value)
            : Back("/packs", context, ("refused", made.Refusal!.Code), ("sources", string.Join('-', sources)));
    }

    /// <summary>The numbers of sources that an address names; what is no number is none.</summary>
    public static IReadOnlyList<long> Sources(IEnumerable<string?> texts) =>
        [.. texts.Take(PackSetRequest.MostSources + 1).Select(static text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(static id => id > 0)];

    private static PackRequest About(ConnectorId connector, HttpContext context, TimeProvider clock)
    {
        var query = context.Request.Query;
        return PackRequest.Of(connector, query["framework"].ToString(), Instant.Parse(query["from"].ToString()), Instant.Parse(query["to"].ToString()), clock.GetUtcNow());
    }

    private static IResult Back(string path, HttpContext context, params (string, string?)[] refused)
    {
        var query = context.Request.Query;
        return Results.Redirect(QueryAddress.Join(path, [("framework", query["framework"].ToString()), ("from", query["from"].ToString()), ("to", query["to"].ToString()), .. refused]));
    }
}
