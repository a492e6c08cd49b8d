namespace Watchbill.Console.Shared;

/// <summary>The mood of a badge, a notice or a card. The word beside it says the same: colour alone tells nothing.</summary>
public enum Tone
{
    /// <summary>A fact.</summary>
    Plain,

    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Look into it.</summary>
    Warning,

    /// <summary>Act on it.</summary>
    Bad,
}

/// <summary>The tones in the style sheet.</summary>
internal static class Tones
{
    public static string Class(this Tone tone) => tone switch
    {
        Tone.Plain => "tone-plain",
        Tone.Info => "tone-info",
        Tone.Good => "tone-good",
        Tone.Warning => "tone-warning",
        Tone.Bad => "tone-bad",
    };

    public static string Icon(this Tone tone) => tone switch
    {
        Tone.Good => "check",
        Tone.Warning => "warning",
        Tone.Bad => "cross",
        _ => "info",
    };
}
