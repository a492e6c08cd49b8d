using System.IO.Enumeration;

namespace Watchbill.Sentry.Simulator.Chaos;

/// <summary>The script of what goes wrong. All rules that hit a request apply, in the order they were added. Safe for several threads.</summary>
public sealed class Faults
{
    private readonly Lock gate = new();
    private readonly List<Counted> rules = [];

    /// <summary>How often rules hit since the script was set.</summary>
    public int Hits
    {
        get
        {
            lock (gate)
            {
                return rules.Sum(rule => rule.Hits);
            }
        }
    }

    public void Add(params IEnumerable<FaultRule> script)
    {
        lock (gate)
        {
            rules.AddRange(script.Select(rule => new Counted(rule)));
        }
    }

    /// <summary>Replaces the whole script; counting starts anew.</summary>
    public void Set(params IEnumerable<FaultRule> script)
    {
        lock (gate)
        {
            rules.Clear();
            rules.AddRange(script.Select(rule => new Counted(rule)));
        }
    }

    public void Clear() => Set();

    internal IReadOnlyList<FaultRule> Hit(string method, string path)
    {
        lock (gate)
        {
            return rules.Count == 0 ? [] : [.. rules.Where(rule => rule.Count(method, path)).Select(rule => rule.Rule)];
        }
    }

    private sealed class Counted(FaultRule rule)
    {
        private int seen;

        public FaultRule Rule => rule;

        public int Hits { get; private set; }

        public bool Count(string method, string path)
        {
            if ((rule.Method ?? method) != method || !FileSystemName.MatchesSimpleExpression(rule.Path, path, ignoreCase: false))
            {
                return false;
            }

            seen++;
            var hit = IsNamed() && Hits < (rule.Times ?? int.MaxValue);
            Hits += hit ? 1 : 0;
            return hit;
        }

        private bool IsNamed() => rule switch
        {
            { Nth: { } nth } => seen == nth,
            { Every: { } every } => seen % every == 0,
            { After: { } after } => seen > after,
            _ => true,
        };
    }
}
