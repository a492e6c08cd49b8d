using System.Globalization;
using System.Net;
using Watchbill.Contracts.People;

namespace Watchbill.Contracts.Client;

/// <summary>People by the addresses of their accounts, as configurations name them; Watchbill keeps numbers. Everybody is read once, at the first question.</summary>
/// <param name="client">The server.</param>
public sealed class AccountNames(WatchbillClient client)
{
    private Dictionary<string, long>? _known;
    private bool _mayNotRead;

    /// <summary>The number of an account that is named by its address, or by its number; null when nobody has that address.</summary>
    /// <exception cref="WatchbillApiException">The token may not read who has accounts.</exception>
    public async Task<long?> IdAsync(string name, CancellationToken cancellationToken) =>
        long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id
        : (await KnownAsync(cancellationToken)).TryGetValue(name, out var known) ? known : null;

    /// <summary>The address of an account; its number where there is none, or where the token may not read who has accounts.</summary>
    public async Task<string> NameAsync(long id, CancellationToken cancellationToken)
    {
        if (_mayNotRead)
        {
            return Number(id);
        }

        try
        {
            return (await KnownAsync(cancellationToken)).FirstOrDefault(one => one.Value == id).Key ?? Number(id);
        }
        catch (WatchbillApiException refused) when (refused.Status is HttpStatusCode.Forbidden)
        {
            _mayNotRead = true;
            return Number(id);
        }
    }

    /// <summary>The addresses of several accounts.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(IEnumerable<long>? ids, CancellationToken cancellationToken)
    {
        List<string> names = [];
        foreach (var id in ids ?? [])
        {
            names.Add(await NameAsync(id, cancellationToken));
        }

        return names;
    }

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);

    private async Task<Dictionary<string, long>> KnownAsync(CancellationToken cancellationToken)
    {
        if (_known is not null)
        {
            return _known;
        }

        var all = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        string? cursor = null;
        do
        {
            var page = await client.People.ListAsync(new AccountQuery { Limit = PageQuery.MaxLimit, Cursor = cursor }, cancellationToken);
            foreach (var account in page.Items)
            {
                all[account.Address] = account.Id;
            }

            cursor = page.Next;
        }
        while (cursor is not null);
        return _known = all;
    }
}
