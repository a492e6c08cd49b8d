namespace Watchbill.Sentry.Simulator.State;

/// <summary>Sentences of the audit log that are written at more than one place.</summary>
internal static class AuditNotes
{
    /// <param name="verb"><c>joined</c>, <c>left</c> (the person itself), <c>added</c> or <c>removed</c> (somebody else).</param>
    public static string TeamMove(string verb, string email, string teamSlug) => verb switch
    {
        "added" => $"added {email} to team {teamSlug}",
        "removed" => $"removed {email} from team {teamSlug}",
        _ => $"{verb} team {teamSlug}",
    };
}
