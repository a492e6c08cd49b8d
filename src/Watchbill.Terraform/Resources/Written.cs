using System.Globalization;
using System.Net;
using Watchbill.Contracts.Client;
using Watchbill.Terraform.Values;

namespace Watchbill.Terraform.Resources;

/// <summary>What several kinds of things read and do in the same way.</summary>
internal static class Written
{
    /// <summary>The reason of what Terraform does by itself.</summary>
    public const string Reason = "By Terraform.";

    /// <summary>The number of the source that a thing is for.</summary>
    /// <exception cref="ProviderException">It is none.</exception>
    public static long SourceNumber(this MapValue state) => long.TryParse(state.Text("source"), NumberStyles.None, CultureInfo.InvariantCulture, out var source)
        ? source
        : throw new ProviderException($"'{state.Text("source")}' is no number of a source: use watchbill_source.NAME.id.");

    /// <summary>The number of an account that was named by its address, or by its number.</summary>
    /// <exception cref="ProviderException">There is none.</exception>
    public static async Task<long> MustAsync(this AccountNames accounts, string name, CancellationToken cancellationToken) =>
        await accounts.IdAsync(name, cancellationToken) ?? throw new ProviderException($"Nobody has an account with the address {name} in Watchbill.");

    /// <summary>The numbers of several, the smallest first.</summary>
    public static async Task<IReadOnlyList<long>> MustAllAsync(this AccountNames accounts, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        List<long> ids = [];
        foreach (var name in names)
        {
            ids.Add(await accounts.MustAsync(name, cancellationToken));
        }

        return [.. ids.Order()];
    }

    /// <summary>An instant that somebody wrote; null when it is none.</summary>
    public static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    /// <summary>Whether two instants are the same: Watchbill keeps microseconds, and a configuration may say more.</summary>
    public static bool IsSame(DateTimeOffset one, DateTimeOffset other) => (one - other).Duration() < TimeSpan.FromMilliseconds(1);

    /// <summary>A number as text, as ids are written.</summary>
    public static string Id(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Removes something; what somebody else removed is as good as removed.</summary>
    public static async Task UnlessGoneAsync(Task removal)
    {
        try
        {
            await removal;
        }
        catch (WatchbillApiException gone) when (gone.Status is HttpStatusCode.NotFound)
        {
            // It is not there any more, which is all that was wanted.
        }
    }
}
