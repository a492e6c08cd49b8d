using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts.Compliance;
using Watchbill.People;
using Contract = Watchbill.Contracts.Compliance;

namespace Watchbill.Compliance.Frameworks;

/// <summary>Frameworks over HTTP.</summary>
internal static class FrameworkEndpoints
{
    public static void Map(RouteGroupBuilder frameworks)
    {
        frameworks.MapGet("", (ManageFrameworks manage, Caller caller, CancellationToken cancellationToken) => Answers.Ok(
                manage.ListAsync(caller, cancellationToken), static all => (IReadOnlyList<Contract.Framework>)[.. all.Select(static framework => ComplianceContracts.Of(framework, []))]))
            .Needs(Right.ReadAccess).WithName("listFrameworks").WithSummary("All frameworks with the controls that evidence from Sentry is about");
        frameworks.MapGet("/followed", (ManageFrameworks manage, Caller caller, CancellationToken cancellationToken) => Answers.Ok(
                manage.ChosenAsync(caller, cancellationToken), static ids => new FollowedFrameworks(ids)))
            .Needs(Right.ReadAccess).WithName("listFollowedFrameworks").WithSummary("The frameworks that are followed");
        frameworks.MapPut("/followed", (NewFollowedFrameworks input, ManageFrameworks manage, Caller caller, CancellationToken cancellationToken) => Answers.Ok(
                manage.FollowAsync([.. input.Frameworks], input.Reason, caller, cancellationToken), static ids => new FollowedFrameworks(ids)))
            .Needs(Right.ManageCompliance).WithName("followFrameworks").WithSummary("Follows these frameworks and no others: posture, checks and their exports tell of them");
        frameworks.MapPost("", (NewFramework input, ManageFrameworks manage, Caller caller, CancellationToken cancellationToken) => Answers.Ok(
                manage.BringAsync(Read(input), input.Reason, caller, cancellationToken), static framework => ComplianceContracts.Of(framework, [])))
            .Needs(Right.ManageCompliance).Idempotent().WithName("bringFramework").WithSummary("Brings a framework of your own from YAML, JSON or CSV, or replaces the one of the same id");
        frameworks.MapPost("/{framework}/remove", (string framework, ExceptionDecision input, ManageFrameworks manage, Caller caller, CancellationToken cancellationToken) => Answers.Ok(
                manage.RemoveAsync(framework, input.Reason, caller, cancellationToken), static removed => ComplianceContracts.Of(removed, [])))
            .Needs(Right.ManageCompliance).Idempotent().WithName("removeFramework").WithSummary("Removes a framework of your own; what was recorded for its controls stays");
    }

    private static Kernel.Result<Framework> Read(NewFramework input) => (input.Yaml, input.Csv) switch
    {
        ({ } yaml, null) => FrameworkText.OfYaml(yaml),
        (null, { } csv) => FrameworkText.OfCsv(new FrameworkHead(input.Id ?? "", input.Name ?? "", input.Edition ?? "", input.Source), csv),
        _ => ComplianceRefusals.BadFrameworkFile(["Send either yaml or csv."]),
    };
}
