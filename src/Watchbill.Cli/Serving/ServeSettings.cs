using System.Globalization;
using System.Net;

namespace Watchbill.Cli.Serving;

/// <summary>What somebody writes for a server: where it listens, under which name people reach it, how much it does at once, and how it ends.</summary>
internal static class ServeSettings
{
    /// <summary>Where a server listens when nothing is said: this machine only.</summary>
    public const string Default = "http://127.0.0.1:8484";

    private const int MostParallelSyncs = 64;
    private const int LongestDrain = 300;

    /// <summary>Reads where to listen. Plain HTTP: certificates belong to the proxy before it.</summary>
    public static Uri Listen(string text)
    {
        // Kestrel knows a star as "every address of this machine"; a Uri does not.
        if (!Uri.TryCreate(text.Replace("//*:", "//0.0.0.0:", StringComparison.Ordinal), UriKind.Absolute, out var address) || address is { IsFile: true } || address.PathAndQuery != "/")
        {
            throw new BadInputException($"{text} is no address to listen at. Write one like {Default}, or http://0.0.0.0:8484 for every network of this machine.");
        }

        if (address.Scheme != Uri.UriSchemeHttp)
        {
            throw new BadInputException("Watchbill listens with http; for https put a reverse proxy before it and name its address with --public-address.");
        }

        return address.Host is "localhost" || IPAddress.TryParse(address.Host.Trim('[', ']'), out _)
            ? address
            : throw new BadInputException($"{address.Host} is a name; to listen, write an address of this machine, for example {Default}. The name people use is --public-address.");
    }

    /// <summary>Reads under which address people reach it; null when nothing was written.</summary>
    public static Uri? Public(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https") && address is { PathAndQuery: "/", UserInfo: "" }
            ? address
            : throw new BadInputException($"{text} is no public address. Write the one people type into their browser, without a path, for example https://watchbill.example.com.");
    }

    /// <summary>Reads how long a server that was told to end goes on answering; none when nothing was written.</summary>
    public static TimeSpan Drain(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return TimeSpan.Zero;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestDrain
            ? TimeSpan.FromSeconds(seconds)
            : throw new BadInputException($"WATCHBILL_DRAIN_SECONDS is a number from 0 to {LongestDrain}: for so many seconds a server that was told to end goes on answering.");
    }

    /// <summary>Reads how many organizations are read side by side; null when nothing was written.</summary>
    public static int? ParallelSyncs(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var syncs) && syncs is >= 1 and <= MostParallelSyncs ? syncs
        : throw new BadInputException($"WATCHBILL_PARALLEL_SYNCS is a number from 1 to {MostParallelSyncs}: so many organizations this server reads side by side.");
}
