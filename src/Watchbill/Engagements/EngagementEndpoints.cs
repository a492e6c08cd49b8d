using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts.Compliance;
using Watchbill.Contracts.Engagements;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.Engagements;

namespace Watchbill.Engagements;

/// <summary>Engagements over HTTP.</summary>
internal static class EngagementEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var engagements = api.MapGroup("/engagements").WithTags("Audit engagements");
        engagements.MapGet("", (ManageEngagements manage, Caller caller, CancellationToken cancellationToken) => Answers.Ok(
                manage.ListAsync(caller, cancellationToken), static all => (IReadOnlyList<Contract.Engagement>)[.. all.Select(Of)]))
            .Needs(Right.EnterEngagements).WithName("listEngagements").WithSummary("The engagements that you may enter, newest first");
        engagements.MapPost("", (NewEngagement input, ManageEngagements manage, Caller caller, CancellationToken cancellationToken) => Answers.Ok(manage.OpenAsync(Draft(input), caller, cancellationToken), Of))
            .Needs(Right.ManageCompliance).Idempotent().WithName("openEngagement").WithSummary("Opens an engagement; its auditors are told");
        MapOne(engagements.MapGroup("/{engagement:long}"));
        MapRequests(engagements.MapGroup("/{engagement:long}"));
    }

    private static void MapOne(RouteGroupBuilder one)
    {
        one.MapGet("", ([AsParameters] EngagementEndpointsRoute route, AuditRoom rooms) => Answers.Ok(rooms.OverviewAsync(route.Id, route.Caller, route.CancellationToken), Of))
            .Needs(Right.EnterEngagements).WithName("getEngagement").WithSummary("An engagement with how its controls stand and what was asked for; an auditor's look is noted");
        one.MapPost("/access", ([AsParameters] EngagementEndpointsRoute route, Contract.EngagementAccess input, ManageEngagements manage) => Answers.Ok(
                manage.ChangeAsync(route.Id, new EngagementAccess([.. input.Auditors.Select(static id => new AccountId(id))], input.EndsAt), input.Reason, route.Caller, route.CancellationToken), Of))
            .Needs(Right.ManageCompliance).Idempotent().WithName("changeEngagement").WithSummary("Says who the auditors of an engagement are, and until when");
        one.MapPost("/close", ([AsParameters] EngagementEndpointsRoute route, ExceptionDecision input, ManageEngagements manage) => Answers.Ok(manage.CloseAsync(route.Id, input.Reason, route.Caller, route.CancellationToken), Of))
            .Needs(Right.ManageCompliance).Idempotent().WithName("closeEngagement").WithSummary("Closes an engagement for good");
        one.MapPost("/comments", ([AsParameters] EngagementEndpointsRoute route, NewControlComment input, EvidenceRequests requests) => Answers.Ok(
                requests.CommentAsync(route.Id, input.Control, input.Text, route.Caller, route.CancellationToken), Of))
            .Needs(Right.EnterEngagements).Idempotent().WithName("commentOnControl").WithSummary("Says something about a control of an engagement");
    }

    private static void MapRequests(RouteGroupBuilder one)
    {
        one.MapPost("/requests", ([AsParameters] EngagementEndpointsRoute route, NewEvidenceRequest input, EvidenceRequests requests) => Answers.Ok(
                requests.AskAsync(route.Id, new EvidenceRequestDraft(input.Title, input.Text) { Control = input.Control, DueAt = input.DueAt }, route.Caller, route.CancellationToken), Of))
            .Needs(Right.EnterEngagements).Idempotent().WithName("askForEvidence").WithSummary("Asks for evidence, as an auditor of the engagement");
        one.MapPost("/requests/import", ([AsParameters] EngagementEndpointsRoute route, NewEvidenceRequestFile input, EvidenceRequests requests) => Answers.Ok(
                requests.ImportAsync(route.Id, input.Csv, route.Caller, route.CancellationToken), static asked => (IReadOnlyList<Contract.EvidenceRequest>)[.. asked.Select(Of)]))
            .Needs(Right.EnterEngagements).Idempotent().WithName("importEvidenceRequests").WithSummary("Asks for everything that a file names: all of its lines, or none");
        one.MapGet("/requests/{number:long}", ([AsParameters] EngagementEndpointsRoute route, long number, EvidenceRequests requests) => Answers.Ok(
                requests.FindAsync(route.Id, Number(number), route.Caller, route.CancellationToken), static details => new Contract.EvidenceRequestDetails(Of(details.Request), [.. details.Notes.Select(Of)])))
            .Needs(Right.EnterEngagements).WithName("getEvidenceRequest").WithSummary("A request with what was done and said");
        one.MapPost("/requests/{number:long}/notes", ([AsParameters] EngagementEndpointsRoute route, long number, NewEngagementNote input, EvidenceRequests requests) => Answers.Ok(
                requests.StepAsync(route.Id, Number(number), Step(input), route.Caller, route.CancellationToken), Of))
            .Needs(Right.EnterEngagements).Idempotent().WithName("stepEvidenceRequest").WithSummary("Answers, returns, accepts, withdraws or comments on a request");
    }

    private static int Number(long number) => (int)Math.Clamp(number, 0, int.MaxValue);

    private static EngagementStep Step(NewEngagementNote input) =>
        new(Word.Parse<EngagementNoteKind>(input.Kind) ?? EngagementNoteKind.Commented, input.Text) { Artifact = input.Artifact is { } artifact ? new ArtifactId(artifact) : null };

    private static EngagementDraft Draft(NewEngagement input) => new(input.Name, input.Framework, input.From, input.To, input.AccessEndsAt)
    {
        Firm = input.Firm,
        Controls = input.Controls ?? [],
        Connectors = [.. input.Connectors.Select(static id => new ConnectorId(id))],
        Auditors = [.. input.Auditors.Select(static id => new AccountId(id))],
    };

    private static Contract.Engagement Of(Engagement engagement) => new()
    {
        Id = engagement.Id.Value,
        Name = engagement.Name,
        Firm = engagement.Firm,
        Framework = engagement.Framework,
        Controls = engagement.Controls,
        From = engagement.From,
        To = engagement.To,
        Connectors = [.. engagement.Connectors.Select(static id => id.Value)],
        Auditors = [.. engagement.Auditors.Select(static id => id.Value)],
        AccessEndsAt = engagement.AccessEndsAt,
        OpenedAt = engagement.OpenedAt,
        ClosedAt = engagement.ClosedAt,
        Closing = engagement.Closing,
    };

    private static EngagementRoom Of(RoomOverview view) => new(
        Of(view.Room.Engagement),
        [.. view.Sources.Select(source => new EngagementSource(
            source.Id.Value, source.Name, source.Run?.At, [.. source.Controls.Select((outcome, index) => new ControlStanding(view.Room.Controls[index].Id, Word.Of(outcome)))]))],
        [.. view.Requests.Select(Of)]);

    private static Contract.EvidenceRequest Of(EvidenceRequest request) => new()
    {
        Number = request.Number,
        Title = request.Title,
        Text = request.Text,
        Control = request.Control,
        State = Word.Of(request.State),
        AskedBy = request.AskedBy?.Value,
        AskedAt = request.AskedAt,
        DueAt = request.DueAt,
    };

    private static Contract.EngagementNote Of(EngagementNote note) => new(Word.Of(note.Kind), note.Text, note.At, note.By?.Value, note.Artifact?.Value);
}

/// <summary>What every address of one engagement needs.</summary>
internal readonly record struct EngagementEndpointsRoute(long Engagement, Caller Caller, CancellationToken CancellationToken)
{
    public EngagementId Id => new(Engagement);
}
