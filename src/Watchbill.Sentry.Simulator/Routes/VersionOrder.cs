using System.Globalization;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Orders versions such as <c>web@1.10.2+7</c> by their numbers; versions of no such form come before all of them.</summary>
internal sealed class VersionOrder : IComparer<string>
{
    public static VersionOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (Numbers(x), Numbers(y));
        for (var index = 0; index < Math.Min(left.Length, right.Length); index++)
        {
            if (left[index].CompareTo(right[index]) is not 0 and var order)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static long[] Numbers(string? version) => version?.Split('@') is [_, var number]
        ? [.. number.Split('.', '+', '-').TakeWhile(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)).Select(part => long.Parse(part, CultureInfo.InvariantCulture))]
        : [];
}
