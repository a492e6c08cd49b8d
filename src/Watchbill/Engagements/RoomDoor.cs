using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Compliance;
using Watchbill.Compliance.Frameworks;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Engagements;

/// <summary>Lets people into engagements: auditors into those that name them while they are open, and whoever may read access into all. Every look of an auditor becomes an audit event.</summary>
internal sealed class RoomDoor(Database database, AuditLog audit, TimeProvider clock)
{
    private const int LongestLook = 200;

    public DateTimeOffset Now => Conventions.ToStoredPrecision(clock.GetUtcNow());

    /// <summary>Whether somebody may see that an engagement is there.</summary>
    public bool IsOpenTo(Engagement engagement, Caller caller) => caller.May(Right.EnterEngagements) && (caller.May(Right.ReadAccess) || (IsAuditor(engagement, caller) && engagement.IsOpen(Now)));

    /// <summary>Whether somebody is one of its auditors.</summary>
    public static bool IsAuditor(Engagement engagement, Caller caller) => caller.Account is { } account && engagement.Auditors.Contains(account);

    /// <summary>Lets somebody in who looks at something.</summary>
    /// <param name="id">Into which engagement.</param>
    /// <param name="look">What they look at, for the audit log: <c>control CC6.1 of 3</c>.</param>
    /// <param name="caller">Who.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Result<Entered>> EnterAsync(EngagementId id, string look, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.EnterEngagements) is { } refusal)
        {
            return refusal;
        }

        var found = await database.InSnapshotAsync(
            async session => await EngagementStore.FindAsync(session, id, cancellationToken) is { } engagement
                ? (Engagement: engagement, Framework: await FrameworkStore.FindAsync(session, engagement.Framework, engagement.OpenedAt, cancellationToken))
                : default,
            cancellationToken);
        if (found.Engagement is null || found.Framework is null || !IsOpenTo(found.Engagement, caller))
        {
            return EngagementRefusals.NoSuchEngagement(id);
        }

        var entered = new Entered(found.Engagement, found.Framework, IsAuditor(found.Engagement, caller));
        if (entered.IsAuditor)
        {
            // Written before anything is shown: what was seen is never missing in the log.
            await NoteAsync(id, look, caller, cancellationToken);
        }

        return entered;
    }

    private Task<AuditEvent> NoteAsync(EngagementId id, string look, Caller caller, CancellationToken cancellationToken)
    {
        SortedDictionary<string, string> text = new(StringComparer.Ordinal) { ["at"] = look.Length > LongestLook ? look[..LongestLook] : look };
        var noted = new AuditEvent { Actor = caller.Actor, Action = "engagement-looked", SubjectKind = "engagement", SubjectId = id.ToString(), After = JsonSerializer.Serialize(text, ComplianceJson.Default.SortedDictionaryStringString) };
        return database.InTransactionAsync(transaction => audit.AppendAsync(transaction, noted, cancellationToken), cancellationToken);
    }
}

/// <summary>An engagement that somebody is in.</summary>
/// <param name="Engagement">The engagement.</param>
/// <param name="Framework">Its framework, as it was defined when the engagement was opened.</param>
/// <param name="IsAuditor">Whether they are one of its auditors.</param>
public sealed record Entered(Engagement Engagement, Framework Framework, bool IsAuditor)
{
    /// <summary>The controls that it is about.</summary>
    public IReadOnlyList<FrameworkControl> Controls { get; } = [.. Framework.Controls.Where(control => Engagement.Controls.Count == 0 || Engagement.Controls.Contains(control.Id))];

    /// <summary>One of its controls; null for any other.</summary>
    public FrameworkControl? Control(string? id) => Controls.FirstOrDefault(control => control.Id == id);

    /// <summary>How artifacts name a control.</summary>
    public string NameOf(FrameworkControl control)
    {
        ArgumentNullException.ThrowIfNull(control);
        return $"{Framework.Id}:{control.Id}";
    }
}
