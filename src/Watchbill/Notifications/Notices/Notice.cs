namespace Watchbill.Notifications.Notices;

/// <summary>How a person is told about one kind of thing.</summary>
public enum Delivery
{
    /// <summary>A mail at once.</summary>
    AtOnce,

    /// <summary>A line in one mail a day.</summary>
    Digest,

    /// <summary>Not at all.</summary>
    Never,
}

/// <summary>One kind of thing that people are told about, and how one of them wants it.</summary>
/// <param name="Kind">What sort of message: stable, kebab-case.</param>
/// <param name="Tells">What it tells.</param>
/// <param name="MayBeLeftOut">Whether <see cref="Delivery.Never"/> can be chosen. What waits for this one person cannot be left out.</param>
/// <param name="Delivery">How it is delivered; at once until somebody chooses.</param>
public sealed record Notice(string Kind, string Tells, bool MayBeLeftOut, Delivery Delivery = Delivery.AtOnce)
{
    /// <summary>All kinds. Invitations and passwords are not among them: those always go out at once.</summary>
    public static IReadOnlyList<Notice> All { get; } =
    [
        new("review-started", "You are asked to review access", MayBeLeftOut: false),
        new("review-passed-on", "A reviewer before you is done, and it is your turn", MayBeLeftOut: true),
        new("review-stand-in", "You stand in for a reviewer who is away", MayBeLeftOut: false),
        new("review-reminder", "Decisions of yours are open, and a review ends soon", MayBeLeftOut: true),
        new("review-late", "A review that you answer for ends within a day and has open decisions", MayBeLeftOut: true),
        new("review-not-started", "A review that you answer for could not start", MayBeLeftOut: false),
        new("review-completed", "A review that you answer for is completed", MayBeLeftOut: true),
        new("source-needs-credentials", "A source waits for you to give it its token", MayBeLeftOut: false),
        new("source-owner", "You look after a source now", MayBeLeftOut: true),
        new("source-failing", "A source of yours could not be read three times in a row", MayBeLeftOut: true),
        new("source-needs-confirmation", "A read of your source found so much less than before that somebody must look", MayBeLeftOut: false),
        new("request-waits", "Somebody asks for access, and you may decide", MayBeLeftOut: false),
        new("request-decided", "Access that you asked for was granted, denied, or nobody answered", MayBeLeftOut: true),
        new("access-ends-soon", "Access that you asked for ends soon", MayBeLeftOut: true),
        new("access-given", "Access that you asked for is there, or could not be given", MayBeLeftOut: true),
        new("break-glass", "Somebody took access in an emergency", MayBeLeftOut: false),
        new("access-not-ended", "Access that should have ended could not be taken back yet", MayBeLeftOut: false),
        new("access-drifted", "Temporary access came back after its end, or was changed in Sentry", MayBeLeftOut: false),
        new("actions-opened", "Checks of a source of yours began to fail, and actions are open", MayBeLeftOut: true),
        new("action-assigned", "An action is yours to do", MayBeLeftOut: false),
        new("action-reopened", "An action of yours is open again", MayBeLeftOut: false),
        new("action-due", "An action of yours is due within three days, or overdue", MayBeLeftOut: true),
        new("exception-ends-soon", "An exception that you asked for ends within two weeks", MayBeLeftOut: true),
        new("engagement-opened", "You are named as an auditor of an engagement", MayBeLeftOut: false),
        new("evidence-request-moved", "A request for evidence in an engagement of yours was made, answered or returned", MayBeLeftOut: true),
        new("change-escalated", "A change in a source of yours could not be made and proven", MayBeLeftOut: false),
    ];
}
