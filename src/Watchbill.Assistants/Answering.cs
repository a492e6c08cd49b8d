using ModelContextProtocol;
using Watchbill.Contracts.Client;

namespace Watchbill.Assistants;

/// <summary>What the tools share: which source is meant, how much is answered, and how a refusal is told.</summary>
internal static class Answering
{
    /// <summary>How tools describe the parameter that names a source.</summary>
    public const string Source = "The source: its number, name or organization slug. May be left out where there is only one.";

    /// <summary>The most rows of one answer: assistants read all of it.</summary>
    private const int MostRows = 200;

    /// <summary>Rows when nothing is said.</summary>
    private const int Rows = 50;

    /// <summary>How many rows to ask for.</summary>
    public static int Limit(int? asked) => Math.Clamp(asked ?? Rows, 1, MostRows);

    /// <summary>Asks the API; its refusals become the tool's, with code and sentence.</summary>
    public static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (WatchbillApiException refused)
        {
            throw new McpException($"{refused.Message} ({refused.Code})");
        }
        catch (HttpRequestException unreachable)
        {
            throw new McpException($"Watchbill cannot be reached: {unreachable.HttpRequestError}.");
        }
    }

    /// <summary>The number of a source that is named by number or name; of the only one when nothing is said.</summary>
    public static async Task<long> SourceAsync(this WatchbillClient client, string? source, CancellationToken cancellationToken)
    {
        var all = await AskAsync(() => client.Connectors.ListAsync(cancellationToken));
        var found = string.IsNullOrWhiteSpace(source)
            ? all
            : [.. all.Where(one => $"{one.Id}" == source.Trim() || one.Name.Equals(source.Trim(), StringComparison.OrdinalIgnoreCase) || one.Organization == source.Trim())];
        return found.Count == 1 ? found[0].Id : throw new McpException(
            $"{(found.Count == 0 ? "No source" : "More than one source")} {(string.IsNullOrWhiteSpace(source) ? "is there" : $"is called '{source}'")}. There are: {string.Join(", ", all.Select(static one => $"{one.Id} ({one.Name})"))}.");
    }
}
