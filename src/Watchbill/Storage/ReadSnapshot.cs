namespace Watchbill.Storage;

/// <summary>Reads that must fit together although each is a statement of its own.</summary>
internal static class ReadSnapshot
{
    /// <summary>Runs <paramref name="read"/> on one unchanging state of the database. Takes no write lock.</summary>
    public static async Task<T> InSnapshotAsync<T>(this Database database, Func<ReadSession, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        await using var still = await session.HoldStillAsync(cancellationToken);
        return await read(session);
    }
}
