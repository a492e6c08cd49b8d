namespace Watchbill.People;

/// <summary>Several members of an enum as one text: their names in the order of the enum, a comma between.</summary>
internal static class NameList
{
    public static string Write<T>(IEnumerable<T> values)
        where T : struct, Enum => string.Join(',', values.Distinct().Order());

    /// <summary>What a newer version wrote and this one does not know gives nothing.</summary>
    public static IReadOnlyList<T> Parse<T>(string text)
        where T : struct, Enum =>
        [.. text.Split(',').Select(static name => Enum.TryParse<T>(name, out var value) ? value : (T?)null).OfType<T>()];
}
