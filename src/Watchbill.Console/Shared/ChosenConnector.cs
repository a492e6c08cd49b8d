using Microsoft.AspNetCore.Http;
using Watchbill.Connectors;
using Watchbill.Console.SignedIn;
using Watchbill.Kernel;

namespace Watchbill.Console.Shared;

/// <summary>
/// The organization a page is about: the one in its address (<c>/org/7/...</c>), else the only one there is. Loaded once for each request,
/// before anything is rendered.
/// </summary>
public sealed class ChosenConnector(IHttpContextAccessor accessor, ConnectorQueries connectors, CurrentCaller me)
{
    /// <summary>Where the addresses of pages about an organization begin.</summary>
    public const string Prefix = "/org/";

    /// <summary>All connectors, by name.</summary>
    public IReadOnlyList<Connector> All { get; private set; } = [];

    /// <summary>The chosen one; null when the address names none and there are none or several, or names one that does not exist.</summary>
    public Connector? Current { get; private set; }

    /// <summary>Its id.</summary>
    public ConnectorId? Id => Current?.Id;

    /// <summary>Reads the connectors and the address.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var all = await connectors.ListAsync(me.Caller, cancellationToken);
        All = all.Succeeded ? all.Value : [];
        Current = Named() is { } id ? All.FirstOrDefault(connector => connector.Id == id) : All.Count == 1 ? All[0] : null;
    }

    private ConnectorId? Named()
    {
        var path = accessor.HttpContext?.Request.Path.Value ?? "";
        var step = path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..].Split('/')[0] : "";
        return long.TryParse(step, out var id) ? new ConnectorId(id) : null;
    }
}
