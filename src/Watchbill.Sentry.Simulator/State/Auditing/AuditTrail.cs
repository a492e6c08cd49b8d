namespace Watchbill.Sentry.Simulator.State.Auditing;

/// <summary>The audit log of an organization: generated rows of the past, then what happened since the start. The organization's lock guards it.</summary>
public sealed class AuditTrail
{
    private const long FirstLiveId = 900_000_000;

    private readonly World world;
    private readonly LiveAudit live = new();
    private readonly List<IAuditSource> sources;

    internal AuditTrail(World world)
    {
        this.world = world;
        sources = [live];
    }

    public int Count => sources.Sum(source => source.Count);

    /// <summary>All rows, newest first, computed as they are read.</summary>
    public IEnumerable<AuditRow> NewestFirst => Entries(DateTimeOffset.MaxValue).Select(entry => entry.Row());

    /// <summary>Rows written since the start, oldest first.</summary>
    public IReadOnlyList<AuditRow> Live => [.. Enumerable.Range(0, live.Count).Select(live.Row)];

    internal void Add(IAuditSource source) => sources.Add(source);

    internal void Append(string name, Actor actor, Func<AuditRow, AuditRow> describe)
    {
        var row = new AuditRow(FirstLiveId + live.Count, name, actor, world.Now);
        live.Append(describe(row));
    }

    /// <summary>Rows not newer than <paramref name="until"/>, newest first: a merge of the sources.</summary>
    internal IEnumerable<AuditEntry> Entries(DateTimeOffset until)
    {
        var next = sources.Select(source => LastNotAfter(source, until)).ToArray();
        while (true)
        {
            var newest = -1;
            for (var i = 0; i < next.Length; i++)
            {
                if (next[i] >= 0 && (newest < 0 || sources[i].Head(next[i]).Time > sources[newest].Head(next[newest]).Time))
                {
                    newest = i;
                }
            }

            if (newest < 0)
            {
                yield break;
            }

            yield return new AuditEntry(sources[newest], next[newest]--);
        }
    }

    private static int LastNotAfter(IAuditSource source, DateTimeOffset until)
    {
        var (low, high) = (0, source.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = source.Head(middle).Time <= until ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}

/// <summary>A place in a source; the row is computed only when asked for.</summary>
internal readonly record struct AuditEntry(IAuditSource Source, int Index)
{
    public AuditHead Head => Source.Head(Index);

    public AuditRow Row() => Source.Row(Index);
}
