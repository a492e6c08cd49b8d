using Watchbill.Compliance.Frameworks;
using Watchbill.Kernel;

namespace Watchbill.Cli.Places;

/// <summary>What commands ask about frameworks, wherever Watchbill is.</summary>
internal interface IFrameworks
{
    /// <summary>All of them, by name.</summary>
    Task<Result<IReadOnlyList<Framework>>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Brings one of one's own, or replaces it.</summary>
    Task<Result<Framework>> BringAsync(Framework framework, string reason, CancellationToken cancellationToken);

    /// <summary>The ids of those that are followed; none where all are.</summary>
    Task<Result<IReadOnlyList<string>>> ChosenAsync(CancellationToken cancellationToken);

    /// <summary>Follows these and no others; none for all.</summary>
    Task<Result<IReadOnlyList<string>>> FollowAsync(IReadOnlyList<string> ids, string reason, CancellationToken cancellationToken);

    /// <summary>Removes one of one's own.</summary>
    Task<Result<Framework>> RemoveAsync(string id, string reason, CancellationToken cancellationToken);
}
