using System.Collections;

namespace Watchbill.Access.Roles;

/// <summary>
/// An immutable set of Sentry's permission scopes (<c>project:read</c>, ...), sorted. Names we do not know survive:
/// a right we cannot interpret is still a right somebody holds.
/// </summary>
public sealed class ScopeSet : IReadOnlyCollection<string>, IEquatable<ScopeSet>
{
    private readonly string[] _names;

    private ScopeSet(string[] sortedNames) => _names = sortedNames;

    /// <summary>No scope at all.</summary>
    public static ScopeSet Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _names.Length;

    /// <summary>
    /// Whether any of the scopes allows something on a project. A role without one (billing) reaches no project even where
    /// every member may enter.
    /// </summary>
    public bool TouchesProjects => Array.Exists(_names, static name =>
        name is "org:ci"
        || name.StartsWith("project:", StringComparison.Ordinal)
        || name.StartsWith("event:", StringComparison.Ordinal)
        || name.StartsWith("alerts:", StringComparison.Ordinal));

    /// <summary>A set of these names; order and repetition do not matter.</summary>
    public static ScopeSet Of(params IEnumerable<string> names)
    {
        string[] sorted = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return sorted.Length == 0 ? Empty : new ScopeSet(sorted);
    }

    /// <summary>Reads names separated by spaces, as the ledger stores them; null and empty give the empty set.</summary>
    public static ScopeSet Parse(string? text) =>
        text is null ? Empty : Of(text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>Whether the scope is in the set.</summary>
    public bool Contains(string name) => Array.BinarySearch(_names, name, StringComparer.Ordinal) >= 0;

    /// <summary>Whether every scope of the other set is in this one.</summary>
    public bool Includes(ScopeSet other) => ReferenceEquals(this, other) || Array.TrueForAll(other._names, Contains);

    /// <summary>The scopes of both; the same instance when the other adds nothing.</summary>
    public ScopeSet Union(ScopeSet other) => Includes(other) ? this : other.Includes(this) ? other : Of(_names.Concat(other._names));

    /// <summary>This set without one scope.</summary>
    public ScopeSet Without(string name) => Contains(name) ? Of(_names.Where(held => held != name)) : this;

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_names).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ScopeSet? other) => other is not null && _names.AsSpan().SequenceEqual(other._names);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ScopeSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _names.Aggregate(17, static (hash, name) => HashCode.Combine(hash, name));

    /// <summary>The names separated by one space, as the ledger stores them.</summary>
    public override string ToString() => string.Join(' ', _names);
}
