using Watchbill.Console.Shared;
using Watchbill.Engagements;
using Watchbill.Packs.Sampling;

namespace Watchbill.Console.Pages.Engagements;

/// <summary>How engagements are called on screen, and in which mood.</summary>
internal static class EngagementWords
{
    public static string Of(EvidenceRequestState state) => state switch
    {
        EvidenceRequestState.Open => "waits for an answer",
        EvidenceRequestState.Provided => "answered",
        EvidenceRequestState.Accepted => "accepted",
        EvidenceRequestState.Withdrawn => "withdrawn",
    };

    public static Tone ToneOf(EvidenceRequestState state) => state switch
    {
        EvidenceRequestState.Open => Tone.Warning,
        EvidenceRequestState.Provided => Tone.Info,
        EvidenceRequestState.Accepted => Tone.Good,
        EvidenceRequestState.Withdrawn => Tone.Plain,
    };

    public static string Of(EngagementNoteKind kind) => kind switch
    {
        EngagementNoteKind.Asked => "asked",
        EngagementNoteKind.Commented => "said",
        EngagementNoteKind.Provided => "answered",
        EngagementNoteKind.Returned => "needs more",
        EngagementNoteKind.Accepted => "accepted",
        EngagementNoteKind.Withdrawn => "withdrew",
    };

    public static string StateOf(Engagement engagement, DateTimeOffset now) => engagement.ClosedAt is not null ? "closed" : engagement.IsOpen(now) ? "open" : "access ended";

    public static Tone ToneOf(Engagement engagement, DateTimeOffset now) => engagement.IsOpen(now) ? Tone.Good : Tone.Plain;

    /// <summary>The period in days, the last one included.</summary>
    public static string Period(Engagement engagement) => $"{engagement.From.UtcDateTime:yyyy-MM-dd} to {engagement.To.AddMicroseconds(-1).UtcDateTime:yyyy-MM-dd}";

    public static string Of(ControlFrequency frequency) => frequency switch
    {
        ControlFrequency.Annual => "once a year",
        ControlFrequency.Quarterly => "once a quarter",
        ControlFrequency.Monthly => "once a month",
        ControlFrequency.Weekly => "once a week",
        ControlFrequency.Daily => "once a day",
        ControlFrequency.ManyADay => "many times a day",
    };
}
