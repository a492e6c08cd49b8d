using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts;
using Watchbill.Contracts.Compliance;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.Compliance;

namespace Watchbill.Compliance.Artifacts;

/// <summary>Artifacts over HTTP. What they hold is handed over as a file to be saved, never as something that a browser shows.</summary>
public static class ArtifactEndpoints
{
    /// <summary>Where what artifacts hold is, with their number behind it.</summary>
    public const string Files = "/artifact-files";

    internal static void Map(RouteGroupBuilder api, RouteGroupBuilder connector)
    {
        var own = connector.MapGroup("/artifacts").WithTags("Compliance");
        own.MapGet("", ListAsync).Needs(Right.ReadAccess).WithName("listArtifacts").WithSummary("Files that are kept as evidence, newest first");
        own.MapPost("", RecordAsync).Needs(Right.AskForExceptions).Idempotent().WithMetadata(new LargeBody()).WithName("recordArtifact").WithSummary("Records a file as evidence");
        var one = api.MapGroup("/artifacts/{artifact:long}").WithTags("Compliance");
        one.MapGet("", ([AsParameters] ArtifactEndpointsRoute route, ManageArtifacts manage) => Answers.Ok(manage.FindAsync(route.Id, route.Caller, route.CancellationToken), ComplianceContracts.Of))
            .Needs(Right.ReadAccess).WithName("getArtifact").WithSummary("What is known of one artifact");
        one.MapPost("/hold", ([AsParameters] ArtifactEndpointsRoute route, ArtifactDecision input, ManageArtifacts manage) => Answers.Ok(manage.HoldAsync(route.Id, isHeld: true, input.Reason, route.Caller, route.CancellationToken), ComplianceContracts.Of))
            .Needs(Right.ManageCompliance).Idempotent().WithName("holdArtifact").WithSummary("Says that an artifact must not be erased, and why");
        one.MapPost("/release", ([AsParameters] ArtifactEndpointsRoute route, ArtifactDecision input, ManageArtifacts manage) => Answers.Ok(manage.HoldAsync(route.Id, isHeld: false, input.Reason, route.Caller, route.CancellationToken), ComplianceContracts.Of))
            .Needs(Right.ManageCompliance).Idempotent().WithName("releaseArtifact").WithSummary("Ends a hold");
        one.MapPost("/erase", ([AsParameters] ArtifactEndpointsRoute route, ArtifactDecision input, ManageArtifacts manage) => Answers.Ok(manage.EraseAsync(route.Id, input.Reason, route.Caller, route.CancellationToken), ComplianceContracts.Of))
            .Needs(Right.ManageCompliance).Idempotent().WithName("eraseArtifact").WithSummary("Erases what an artifact holds; its hash stays");
    }

    internal static void MapFiles(IEndpointRouteBuilder routes) =>
        routes.MapGet(Files + "/{artifact:long}", SendAsync).RequireAuthorization().Needs(Right.ReadAccess).ExcludeFromDescription();

    private static async Task<Results<Ok<Page<Contract.Artifact>>, ProblemHttpResult>> ListAsync([AsParameters] CheckedEndpoints ask, [AsParameters] ArtifactQuery query, ManageArtifacts manage)
    {
        var cursor = Cursor.Of(ask.Http.Request, query.Cursor);
        if (cursor.Refusal is { } refusal)
        {
            return Problems.Of(refusal);
        }

        var search = new ArtifactSearch(ask.Id)
        {
            Text = query.Text,
            Action = query.Action is { } action ? new ComplianceActionId(action) : null,
            Skip = (int)cursor.Value.Position,
            Take = query.Limit ?? PageQuery.DefaultLimit,
        };
        return Answers.Ok(await manage.ListAsync(search, ask.Caller, ask.CancellationToken), page => new Page<Contract.Artifact>(
            [.. page.Rows.Select(ComplianceContracts.Of)], (int)page.Count, cursor.Value.Behind(page.Rows.Count, (int)page.Count, ask.Http.Request, null)));
    }

    private static async Task<Results<Ok<Contract.Artifact>, ProblemHttpResult>> RecordAsync([AsParameters] CheckedEndpoints ask, NewArtifact input, ManageArtifacts manage)
    {
        var content = new byte[input.ContentBase64.Length];
        if (!Convert.TryFromBase64String(input.ContentBase64, content, out var length))
        {
            return Problems.Of(ComplianceRefusals.BadArtifactSize(ArtifactDraft.MostBytes / (1024 * 1024)));
        }

        var draft = new ArtifactDraft(ask.Id, input.Name, content[..length], input.Shows)
        {
            Source = input.Source,
            Controls = input.Controls ?? [],
            Action = input.Action is { } action ? new ComplianceActionId(action) : null,
            ObservedAt = input.ObservedAt,
            CollectedAt = input.CollectedAt,
            KeepUntil = input.KeepUntil,
        };
        return await Answers.Ok(manage.RecordAsync(draft, ask.Caller, ask.CancellationToken), ComplianceContracts.Of);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> SendAsync(long artifact, HttpContext context, ManageArtifacts manage, Caller caller)
    {
        var found = await manage.ReadAsync(new ArtifactId(artifact), caller, context.RequestAborted);
        if (!found.Succeeded)
        {
            return Problems.Of(found.Refusal!);
        }

        return Send(found.Value);
    }

    /// <summary>Hands a file over. Whatever it is, a browser saves it: it is never told what could be shown of it.</summary>
    public static FileContentHttpResult Send(ArtifactContent found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return TypedResults.File(found.Content, "application/octet-stream", found.Artifact.Name);
    }

    /// <summary>A file may be larger than other bodies; as Base64 it grows.</summary>
    private sealed class LargeBody : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => 29L * 1024 * 1024;
    }
}

/// <summary>What every address of one artifact needs.</summary>
internal readonly record struct ArtifactEndpointsRoute(long Artifact, Caller Caller, CancellationToken CancellationToken)
{
    public ArtifactId Id => new(Artifact);
}
