using System.Collections;

namespace Watchbill.Cli.Declared;

/// <summary>What is different, each from what to what.</summary>
internal sealed class DifferenceList : IReadOnlyList<string>
{
    private readonly List<string> _found = [];

    /// <inheritdoc/>
    public int Count => _found.Count;

    /// <inheritdoc/>
    public string this[int index] => _found[index];

    /// <summary>Notes a difference when there is one; nothing and an empty text are the same.</summary>
    public void Compare(string what, string? there, string? wanted)
    {
        if ((there ?? "") != (wanted ?? ""))
        {
            _found.Add($"{what}: {(string.IsNullOrEmpty(there) ? "none" : there)} -> {(string.IsNullOrEmpty(wanted) ? "none" : wanted)}");
        }
    }

    /// <summary>The same for several in any order.</summary>
    public void Compare(string what, IEnumerable<string>? there, IEnumerable<string>? wanted) =>
        Compare(what, string.Join(", ", (there ?? []).Order(StringComparer.Ordinal)), string.Join(", ", (wanted ?? []).Order(StringComparer.Ordinal)));

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _found.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
