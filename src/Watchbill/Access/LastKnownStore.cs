using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access;

/// <summary>What ids stood for last, also of what is gone.</summary>
internal static class LastKnownStore
{
    /// <summary>How many keys one question names; both engines bear more, but not any number.</summary>
    public const int KeysAtOnce = 500;

    /// <summary>The last period of each of these keys, as a value; keys that never were are left out.</summary>
    public static async Task<Dictionary<string, TValue>> OfAsync<TFact, TValue>(
        DatabaseSession session, ConnectorId connector, IEnumerable<string> keys, Func<TFact, TValue> value, CancellationToken cancellationToken)
        where TFact : Fact
    {
        Dictionary<string, TValue> last = new(StringComparer.Ordinal);
        foreach (var some in keys.Distinct(StringComparer.Ordinal).Chunk(KeysAtOnce))
        {
            var facts = await session.Connection.GetTable<TFact>()
                .Where(fact => fact.ConnectorId == connector && some.Contains(fact.Key)).OrderBy(fact => fact.ValidTo).ToListAsync(cancellationToken);
            facts.ForEach(fact => last[fact.Key] = value(fact));
        }

        return last;
    }
}
