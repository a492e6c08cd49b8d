namespace Watchbill.Sentry.Simulator.State;

/// <summary>Teams or projects by id and by slug, and in slug order. The organization's lock guards it.</summary>
internal sealed class SlugRegister<T>
    where T : class, IHasSlug
{
    private readonly Dictionary<long, T> byId = [];
    private readonly Dictionary<string, T> bySlug = new(StringComparer.Ordinal);
    private T[]? ordered;

    public int Count => byId.Count;

    /// <summary>All rows, ordered by slug as Sentry lists them. The array is never changed afterwards.</summary>
    public IReadOnlyList<T> InSlugOrder => ordered ??= [.. byId.Values.OrderBy(row => row.Slug, StringComparer.Ordinal)];

    public bool HasSlug(string slug) => bySlug.ContainsKey(slug);

    public T? Find(long id) => byId.GetValueOrDefault(id);

    /// <summary>Digits are tried as an id first: a slug that looks like a number is only found when no such id exists.</summary>
    public T? Find(string idOrSlug) =>
        (long.TryParse(idOrSlug, out var id) ? Find(id) : null) ?? bySlug.GetValueOrDefault(idOrSlug);

    public void Add(T row)
    {
        bySlug.Add(row.Slug, row);
        byId.Add(row.Id, row);
        ordered = null;
    }

    public void Remove(T row)
    {
        byId.Remove(row.Id);
        bySlug.Remove(row.Slug);
        ordered = null;
    }

    public void Rename(T row, string slug)
    {
        bySlug.Remove(row.Slug);
        row.Slug = slug;
        bySlug.Add(slug, row);
        ordered = null;
    }
}
