using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace Watchbill.Server.Testing;

/// <summary>
/// Which server a tab is on. The driver knows an address to start from too, but only one for all of a tab's life, and a tab visits one server after the other.
/// </summary>
public static class PageAddresses
{
    private static readonly ConditionalWeakTable<IPage, Uri> Servers = [];

    /// <summary>The whole address of a path of the server that the tab is on.</summary>
    public static string At(this IPage page, string path) =>
        new Uri(Servers.TryGetValue(page, out var server) ? server : throw new InvalidOperationException("The tab is on no server."), path).AbsoluteUri;

    /// <summary>Goes to a path of the server that the tab is on.</summary>
    public static Task<IResponse?> GoAsync(this IPage page, string path) => page.GotoAsync(page.At(path));

    /// <summary>From now on the tab is on this server.</summary>
    internal static void IsOn(this IPage page, Uri server) => Servers.AddOrUpdate(page, server);
}
