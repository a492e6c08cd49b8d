using System.Globalization;

namespace Watchbill.Evidence;

/// <summary>Stops a complete read that would take most of what is kept away: more often the token lost its reach than the things are gone.</summary>
internal static class LossGuard
{
    public const string Code = "mass-loss";
    private const double MostShare = 0.5;
    private const long AlwaysAllowed = 20;

    /// <summary>Why nothing may be taken away; null when it may.</summary>
    public static string? Reason(long gone, long held) => gone > AlwaysAllowed && gone > held * MostShare
        ? string.Create(CultureInfo.InvariantCulture, $"{gone:N0} of {held:N0} that were known did not come again. Everything is kept as it was; collect again and accept the loss if it is right.")
        : null;
}
