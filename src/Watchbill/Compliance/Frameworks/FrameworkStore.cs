using System.Text.Json;
using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Compliance.Frameworks;

/// <summary>The SQL of frameworks of one's own, and all frameworks together.</summary>
internal static class FrameworkStore
{
    /// <summary>Those that come with Watchbill and one's own, by name.</summary>
    public static async Task<IReadOnlyList<Framework>> AllAsync(DatabaseSession session, CancellationToken cancellationToken)
    {
        var own = await OpenAsync(session, cancellationToken);
        return own.Count == 0 ? FrameworkCatalogue.All : [.. FrameworkCatalogue.All.Concat(own.Select(static row => row.ToFramework())).OrderBy(static framework => framework.Name, StringComparer.Ordinal)];
    }

    /// <summary>Those that are followed, by name: all where nobody chose.</summary>
    public static async Task<IReadOnlyList<Framework>> FollowedAsync(DatabaseSession session, CancellationToken cancellationToken)
    {
        var (all, chosen) = (await AllAsync(session, cancellationToken), await ChosenAsync(session, cancellationToken));
        return chosen.Count == 0 ? all : [.. all.Where(framework => chosen.Contains(framework.Id))];
    }

    /// <summary>The ids that somebody chose, in order; none where all are followed.</summary>
    public static Task<List<string>> ChosenAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        session.Connection.GetTable<FollowedFrameworkRow>().OrderBy(row => row.FrameworkId).Select(row => row.FrameworkId).ToListAsync(cancellationToken);

    /// <summary>Chooses these instead of those of before.</summary>
    public static async Task ChooseAsync(Transaction transaction, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await transaction.Connection.GetTable<FollowedFrameworkRow>().DeleteAsync(cancellationToken);
        await transaction.InsertAllAsync(ids.Select(static id => new FollowedFrameworkRow { FrameworkId = id }), cancellationToken);
    }

    /// <summary>The framework with this id; null when there is none.</summary>
    public static async Task<Framework?> FindAsync(DatabaseSession session, string id, CancellationToken cancellationToken) =>
        FrameworkCatalogue.Find(id) ?? (await FindRowAsync(session, id, cancellationToken))?.ToFramework();

    /// <summary>The framework with this id as it was at an instant; null when there was none.</summary>
    public static async Task<Framework?> FindAsync(DatabaseSession session, string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        FrameworkCatalogue.Find(id)
        ?? (await session.Connection.GetTable<FrameworkRow>().Where(row => row.FrameworkId == id && row.ValidFrom <= at && row.ValidTo > at).FirstOrDefaultAsync(cancellationToken))?.ToFramework();

    /// <summary>One's own that hold now.</summary>
    public static Task<List<FrameworkRow>> OpenAsync(DatabaseSession session, CancellationToken cancellationToken)
    {
        var openEnd = Conventions.OpenEnd;
        return session.Connection.GetTable<FrameworkRow>().Where(row => row.ValidTo == openEnd).OrderBy(row => row.FrameworkId).ToListAsync(cancellationToken);
    }

    /// <summary>One's own with this id, as it holds now; null when there is none.</summary>
    public static Task<FrameworkRow?> FindRowAsync(DatabaseSession session, string id, CancellationToken cancellationToken)
    {
        var openEnd = Conventions.OpenEnd;
        return session.Connection.GetTable<FrameworkRow>().Where(row => row.FrameworkId == id && row.ValidTo == openEnd).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>All that one's own ever was, newest first.</summary>
    public static Task<List<FrameworkRow>> HistoryAsync(DatabaseSession session, string id, CancellationToken cancellationToken) =>
        session.Connection.GetTable<FrameworkRow>().Where(row => row.FrameworkId == id).OrderByDescending(row => row.ValidFrom).ToListAsync(cancellationToken);

    /// <summary>Ends the definition that holds.</summary>
    public static Task EndAsync(Transaction transaction, string id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var openEnd = Conventions.OpenEnd;
        return transaction.Connection.GetTable<FrameworkRow>().Where(row => row.FrameworkId == id && row.ValidTo == openEnd).Set(row => row.ValidTo, at).UpdateAsync(cancellationToken);
    }

    /// <summary>Begins another.</summary>
    public static Task InsertAsync(Transaction transaction, FrameworkRow row, CancellationToken cancellationToken) => transaction.Connection.InsertAsync(row, token: cancellationToken);
}

/// <summary>A framework that somebody chose to follow.</summary>
internal sealed record FollowedFrameworkRow
{
    public required string FrameworkId { get; init; }
}

/// <summary>What a framework of one's own is, or was.</summary>
internal sealed record FrameworkRow
{
    public required string FrameworkId { get; init; }

    public DateTimeOffset ValidFrom { get; init; }

    public DateTimeOffset ValidTo { get; init; }

    /// <summary>As JSON.</summary>
    public required string Definition { get; init; }

    public required string Sha256 { get; init; }

    public required string Reason { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorId { get; init; }

    public AccountId? AccountId { get; init; }

    public Framework ToFramework() => JsonSerializer.Deserialize(Definition, FrameworkJson.Default.Framework)!;
}
