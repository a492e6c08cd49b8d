using System.Globalization;
using Watchbill.Integrity.Timestamps;
using Watchbill.Packs.Container;

namespace Watchbill.Packs.Parts;

/// <summary>What a time authority said of the log while the events of the pack were sealed: tokens beside the checkpoints that they are about.</summary>
internal static class TimestampsPart
{
    public const string Folder = "data/timestamps/";
    public const string Certificates = Folder + "ca.pem";
    public const string TokenEnd = ".tst";
    public const string CheckpointEnd = ".checkpoint";

    /// <param name="pack">Where to.</param>
    /// <param name="scope">What the pack is about.</param>
    /// <param name="first">The place of its first event in the log.</param>
    /// <param name="size">The size of the log in the pack.</param>
    public static async Task WriteAsync(PackWriter pack, PackScope scope, long first, long size)
    {
        var stamps = await TimestampStore.BetweenAsync(scope.Session, first, size, scope.CancellationToken);
        foreach (var stamp in stamps)
        {
            // A token without its checkpoint says nothing; one that was taken away in the database is found by verifying the log.
            if (await PackStore.CheckpointOfAsync(scope, stamp.Size) is { } checkpoint)
            {
                await pack.AddAsync(NameOf(stamp.Size, CheckpointEnd), checkpoint.Note);
                await pack.AddAsync(NameOf(stamp.Size, TokenEnd), Convert.FromBase64String(stamp.Token));
            }
        }

        if (string.Concat(stamps.Select(static stamp => stamp.Ca).OfType<string>().Distinct(StringComparer.Ordinal)) is { Length: > 0 } certificates)
        {
            await pack.AddAsync(Certificates, certificates);
        }
    }

    public static string NameOf(long size, string end) => Folder + size.ToString(CultureInfo.InvariantCulture) + end;
}
