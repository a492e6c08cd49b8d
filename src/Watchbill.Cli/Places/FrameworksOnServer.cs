using Watchbill.Compliance.Frameworks;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.Compliance;
using Watchbill.Kernel;
using Framework = Watchbill.Compliance.Frameworks.Framework;

namespace Watchbill.Cli.Places;

/// <summary>Frameworks on a server.</summary>
internal sealed class FrameworksOnServer(ComplianceClient client) : IFrameworks
{
    public Task<Result<IReadOnlyList<Framework>>> ListAsync(CancellationToken cancellationToken) =>
        WatchbillOnServer.AskAsync<IReadOnlyList<Framework>>(async () => [.. (await client.FrameworksAsync(cancellationToken)).Select(Of)]);

    public Task<Result<Framework>> BringAsync(Framework framework, string reason, CancellationToken cancellationToken) =>
        WatchbillOnServer.AskAsync(async () => Of(await client.BringFrameworkAsync(new NewFramework { Yaml = FrameworkText.ToYaml(framework), Reason = reason }, cancellationToken)));

    public Task<Result<Framework>> RemoveAsync(string id, string reason, CancellationToken cancellationToken) =>
        WatchbillOnServer.AskAsync(async () => Of(await client.RemoveFrameworkAsync(id, new ExceptionDecision { Reason = reason }, cancellationToken)));

    public Task<Result<IReadOnlyList<string>>> ChosenAsync(CancellationToken cancellationToken) =>
        WatchbillOnServer.AskAsync(async () => (await client.FollowedAsync(cancellationToken)).Frameworks);

    public Task<Result<IReadOnlyList<string>>> FollowAsync(IReadOnlyList<string> ids, string reason, CancellationToken cancellationToken) =>
        WatchbillOnServer.AskAsync(async () => (await client.FollowAsync(new NewFollowedFrameworks { Frameworks = ids, Reason = reason }, cancellationToken)).Frameworks);

    private static Framework Of(Contracts.Compliance.Framework framework) => new()
    {
        Id = framework.Id,
        Name = framework.Name,
        Edition = framework.Edition,
        Source = framework.Source,
        ControlCount = framework.ControlCount,

        // A newer server may know themes that we do not.
        Controls = [.. framework.Controls.Select(static control => new Compliance.Frameworks.FrameworkControl
        {
            Id = control.Id, Title = control.Title, Theme = Word.Parse<ControlTheme>(control.Theme) ?? ControlTheme.Governance, Checks = control.Checks,
        })],
    };
}
