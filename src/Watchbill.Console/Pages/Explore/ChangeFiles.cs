using Watchbill.Access.Changes;
using Watchbill.Access.Explore;
using Watchbill.Console.SignedIn;
using Watchbill.Console.Shared;
using Watchbill.Kernel;

namespace Watchbill.Console.Pages.Explore;

/// <summary>What differs between two instants, for the page and as a file.</summary>
public sealed class ChangeFiles(ExploreAccess explore, ExplainChanges explain, CurrentCaller me)
{
    private const int Days = -7;

    internal static IReadOnlyList<CsvColumn<AccessChange>> Columns { get; } =
    [
        new("kind", static change => change.Kind),
        new("what", static change => change.Sentence),
        new("subject", static change => change.SubjectId),
        new("logged_at", static change => change.Cause?.At),
        new("actor", static change => change.Cause?.Actor),
    ];

    /// <summary>The changes with their causes; none when the earlier instant was never read.</summary>
    public async Task<IReadOnlyList<AccessChange>> BetweenAsync(ConnectorId connector, OrganizationPicture before, OrganizationPicture after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return before.IsUnread ? [] : await explain.RunAsync(connector, (before.At, after.At), AccessChanges.Between(before.Graph, after.Graph), cancellationToken);
    }

    /// <summary>The changes that an address asks for; null when there is no such organization.</summary>
    internal async Task<IReadOnlyList<AccessChange>?> OfAsync(ConnectorId connector, OrganizationPicture after, string? since, string? kind, CancellationToken cancellationToken)
    {
        var before = await explore.PictureAsync(me.Caller, connector, Since(since, after.At), cancellationToken);
        return before.Succeeded
            ? [.. (await BetweenAsync(connector, before.Value, after, cancellationToken)).Where(change => string.IsNullOrEmpty(kind) || change.Kind == kind)]
            : null;
    }

    /// <summary>The earlier instant: as the address has it, a week before otherwise.</summary>
    internal static DateTimeOffset Since(string? text, DateTimeOffset until) => Instant.Parse(text) is { } since && since < until ? since : until.AddDays(Days);

    /// <summary>A kind of change as people read it.</summary>
    internal static string Words(string kind) => kind.Replace('-', ' ');
}
