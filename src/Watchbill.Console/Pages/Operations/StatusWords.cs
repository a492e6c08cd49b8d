using System.Globalization;
using Watchbill.Operations;

namespace Watchbill.Console.Pages.Operations;

/// <summary>How the status page calls things.</summary>
internal static class StatusWords
{
    private static readonly string[] Units = ["bytes", "KB", "MB", "GB", "TB"];

    public static (string Name, string Meaning) Of(WorkQueue queue) => queue switch
    {
        WorkQueue.Syncs => ("Syncs asked for", "Late after 30 minutes: are too few processes running?"),
        WorkQueue.RunningSyncs => ("Syncs under way", "Late after 6 hours: look at the run's log."),
        WorkQueue.Changes => ("Changes in Sentry", "Late after 8 hours: they are tried again until somebody is asked."),
        WorkQueue.EscalatedChanges => ("Changes that need a person", "Look at Provisioning."),
        WorkQueue.OverdueGrants => ("Grants past their end", "Late after 5 minutes: access that should be gone."),
        WorkQueue.Mails => ("Mails and messages", "Late after an hour: look at People, Mail."),
        WorkQueue.UnsealedEvents => ("Audit events not sealed yet", "Late after 5 minutes: is the key folder readable?"),
    };

    /// <summary>A number of bytes as people say it.</summary>
    public static string Size(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 1024 && unit < Units.Length - 1; unit++)
        {
            value /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }

    /// <summary>Machine and process, without what only tells processes of one number apart.</summary>
    public static string Node(string name) => name.Split('/') is [var machine, var process, ..] ? $"{machine.Split('+')[0]} / {process}" : name;
}
