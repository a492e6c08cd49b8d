using Microsoft.Extensions.DependencyInjection;
using Watchbill.Compliance.Frameworks;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Cli.Places;

/// <summary>Frameworks of the database at hand.</summary>
internal sealed class FrameworksHere(IServiceProvider services, Caller caller) : IFrameworks
{
    public Task<Result<IReadOnlyList<Framework>>> ListAsync(CancellationToken cancellationToken) => Manage.ListAsync(caller, cancellationToken);

    public Task<Result<Framework>> BringAsync(Framework framework, string reason, CancellationToken cancellationToken) => Manage.BringAsync(framework, reason, caller, cancellationToken);

    public Task<Result<Framework>> RemoveAsync(string id, string reason, CancellationToken cancellationToken) => Manage.RemoveAsync(id, reason, caller, cancellationToken);

    public Task<Result<IReadOnlyList<string>>> ChosenAsync(CancellationToken cancellationToken) => Manage.ChosenAsync(caller, cancellationToken);

    public Task<Result<IReadOnlyList<string>>> FollowAsync(IReadOnlyList<string> ids, string reason, CancellationToken cancellationToken) => Manage.FollowAsync(ids, reason, caller, cancellationToken);

    private ManageFrameworks Manage => services.GetRequiredService<ManageFrameworks>();
}
