using System.Globalization;

namespace Watchbill.Sentry.Simulator.Paging;

/// <summary>Sentry's cursor, <c>value:offset:is_prev</c>. What value and offset mean depends on the paginator.</summary>
internal readonly record struct Cursor(double Value, long Offset, bool IsPrevious)
{
    public static bool TryParse(string text, out Cursor cursor)
    {
        cursor = default;
        if (text.Split(':') is not [var value, var offset, var previous])
        {
            return false;
        }

        var ok = double.TryParse(value, CultureInfo.InvariantCulture, out var key) & long.TryParse(offset, out var skip) & int.TryParse(previous, out var flag);
        cursor = new Cursor(key, skip, flag != 0);
        return ok;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value}:{Offset}:{(IsPrevious ? 1 : 0)}");
}
