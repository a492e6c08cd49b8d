using Watchbill.Connectors;
using Watchbill.Console.Shared;
using Watchbill.Engagements;
using Watchbill.Kernel;

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

    public static string NameOf(AccountId? account, IReadOnlyDictionary<AccountId, OwnerAccount> people) =>
        account is not { } known ? "somebody without an account" : people.TryGetValue(known, out var person) ? person.Name : $"account {known}";
}

/// <summary>How often a control is carried out, and so how many rows auditors draw.</summary>
internal sealed record ControlFrequencyChoice(string Title, int Size)
{
    public static IReadOnlyList<ControlFrequencyChoice> All { get; } =
    [
        new("once a year", 1), new("once a quarter or month", 2), new("once a week", 5), new("once a day", 25), new("many times a day", 40),
    ];
}
