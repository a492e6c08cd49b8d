namespace Watchbill.Sentry.Simulator.Chaos;

/// <summary>
/// One line of a fault script. It matches by method and path; of the matching requests, counted from 1, those it names by
/// <see cref="Nth"/>, <see cref="Every"/> or <see cref="After"/> are hit, or all of them when it names none.
/// </summary>
/// <param name="Action">What goes wrong.</param>
/// <param name="Path">Path inside the application without query; <c>*</c> stands for any text. Example: <c>*/members/</c>.</param>
public sealed record FaultRule(FaultAction Action, string Path = "*")
{
    /// <summary>Null matches every method.</summary>
    public string? Method { get; init; }

    /// <summary>Hits only this occurrence.</summary>
    public int? Nth { get; init; }

    /// <summary>Hits each occurrence whose number is a multiple.</summary>
    public int? Every { get; init; }

    /// <summary>Hits all occurrences after this many.</summary>
    public int? After { get; init; }

    /// <summary>Most hits altogether; null is no limit.</summary>
    public int? Times { get; init; }

    public int Status { get; init; } = 500;

    /// <summary>Body of <see cref="FaultAction.Respond"/>, sent as JSON unless <see cref="ContentType"/> says otherwise.</summary>
    public string Body { get; init; } = "";

    public string ContentType { get; init; } = "application/json";

    public TimeSpan Delay { get; init; }

    public int Bytes { get; init; } = 20;
}
