using System.Collections.Concurrent;
using Watchbill.Kernel;
using Watchbill.People.SigningIn;
using Watchbill.People.Tokens;
using Watchbill.Storage;

namespace Watchbill.People;

/// <summary>
/// Notes when sessions and API tokens were last used. Writing is left to the background, so that no request waits for the database's writer; a
/// process that dies loses a minute of it, which nobody misses.
/// </summary>
public sealed class LastUses
{
    /// <summary>How exactly it is known; a use sooner after the last one is not noted.</summary>
    internal static readonly TimeSpan Precision = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<SessionId, DateTimeOffset> _sessions = new();
    private readonly ConcurrentDictionary<ApiTokenId, DateTimeOffset> _tokens = new();
    private readonly Database _database;

    internal LastUses(Database database) => _database = database;

    /// <summary>Writes what was noted; asked every few seconds by the host.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_sessions.IsEmpty && _tokens.IsEmpty)
        {
            return;
        }

        var sessions = Take(_sessions);
        var tokens = Take(_tokens);
        await _database.InTransactionAsync(
            async transaction =>
            {
                foreach (var (id, at) in sessions)
                {
                    await SessionStore.TouchAsync(transaction, id, at, cancellationToken);
                }

                foreach (var (id, at) in tokens)
                {
                    await ApiTokenStore.TouchAsync(transaction, id, at, cancellationToken);
                }
            },
            cancellationToken);
    }

    internal void Note(SessionId id, DateTimeOffset? before, DateTimeOffset now) => Note(_sessions, id, before, now);

    internal void Note(ApiTokenId id, DateTimeOffset? before, DateTimeOffset now) => Note(_tokens, id, before, now);

    private static void Note<TId>(ConcurrentDictionary<TId, DateTimeOffset> notes, TId id, DateTimeOffset? before, DateTimeOffset now)
        where TId : notnull
    {
        if (before is null || now - before >= Precision)
        {
            notes[id] = now;
        }
    }

    private static List<KeyValuePair<TId, DateTimeOffset>> Take<TId>(ConcurrentDictionary<TId, DateTimeOffset> notes)
        where TId : notnull => [.. notes.Keys.Select(id => notes.TryRemove(id, out var at) ? new KeyValuePair<TId, DateTimeOffset>(id, at) : default).Where(static note => note.Value != default)];
}
