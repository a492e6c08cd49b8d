using System.Numerics;

namespace Watchbill.Sentry.Simulator.Permissions;

/// <summary>A set of Sentry scopes, kept as bits. Unknown names are an error: a typing mistake in a route must not open it.</summary>
public readonly record struct ScopeSet
{
    private static readonly string[] Known =
    [
        "org:read", "org:write", "org:admin", "org:integrations", "org:ci", "org:billing",
        "member:read", "member:invite", "member:write", "member:admin",
        "team:read", "team:write", "team:admin",
        "project:read", "project:write", "project:admin", "project:releases", "project:distribution",
        "event:read", "event:write", "event:admin",
        "alerts:read", "alerts:write",
    ];

    private readonly uint bits;

    private ScopeSet(uint bits) => this.bits = bits;

    public bool IsEmpty => bits == 0;

    /// <summary>The scopes' names, in a fixed order.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            for (var rest = bits; rest != 0; rest &= rest - 1)
            {
                yield return Known[BitOperations.TrailingZeroCount(rest)];
            }
        }
    }

    /// <summary>Reads names separated by spaces.</summary>
    /// <exception cref="ArgumentException">A name is not a scope of Sentry.</exception>
    public static ScopeSet Parse(string names) => Of(names.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <inheritdoc cref="Parse"/>
    public static ScopeSet Of(IEnumerable<string> names)
    {
        var bits = 0u;
        foreach (var name in names)
        {
            var index = Array.IndexOf(Known, name);
            bits |= index >= 0 ? 1u << index : throw new ArgumentException($"'{name}' is not a Sentry scope.", nameof(names));
        }

        return new ScopeSet(bits);
    }

    public static ScopeSet operator |(ScopeSet left, ScopeSet right) => new(left.bits | right.bits);

    public static ScopeSet operator &(ScopeSet left, ScopeSet right) => new(left.bits & right.bits);

    public static ScopeSet operator -(ScopeSet left, ScopeSet right) => new(left.bits & ~right.bits);

    public bool Overlaps(ScopeSet other) => (bits & other.bits) != 0;

    public bool Has(string scope) => Overlaps(Parse(scope));

    /// <summary>The set a token really holds when it was created with this one: a higher scope brings the lower ones of its kind.</summary>
    public ScopeSet Expanded()
    {
        var expanded = this;
        foreach (var (scope, brings) in Hierarchy)
        {
            expanded = Overlaps(scope) ? expanded | brings : expanded;
        }

        return expanded;
    }

    public override string ToString() => string.Join(' ', Names);

    private static readonly (ScopeSet Scope, ScopeSet Brings)[] Hierarchy =
    [
        (Parse("org:write"), Parse("org:read")),
        (Parse("org:admin"), Parse("org:read org:write org:integrations")),
        (Parse("member:invite"), Parse("member:read")),
        (Parse("member:write"), Parse("member:read member:invite")),
        (Parse("member:admin"), Parse("member:read member:invite member:write")),
        (Parse("team:write"), Parse("team:read")),
        (Parse("team:admin"), Parse("team:read team:write")),
        (Parse("project:write"), Parse("project:read")),
        (Parse("project:admin"), Parse("project:read project:write")),
        (Parse("event:write"), Parse("event:read")),
        (Parse("event:admin"), Parse("event:read event:write")),
        (Parse("alerts:write"), Parse("alerts:read")),
    ];
}
