using Watchbill.Contracts.Client;

namespace Watchbill.Cli.Declared;

/// <summary>Sources of a server by the names that declarations use.</summary>
internal static class Sources
{
    /// <summary>The number of a source, which may be known only once what stands before it is made.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public static async Task<long> SourceAsync(this WatchbillClient client, string name, CancellationToken cancellationToken) =>
        (await client.Connectors.ListAsync(cancellationToken)).FirstOrDefault(one => one.Name == name)?.Id ?? throw new BadInputException($"There is no source {name}.");
}
