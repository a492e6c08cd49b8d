namespace Watchbill.House.Tests;

/// <summary>Reports everything that breaks a rule at once, one line each, with what to do about it.</summary>
internal static class Violations
{
    public static void None<T>(IEnumerable<T> found, string remedy)
    {
        var lines = found.Select(item => $"  {item}").Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, $"{remedy}\n{string.Join('\n', lines)}");
    }
}
