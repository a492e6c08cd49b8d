using System.Text.Json.Nodes;
using Watchbill.Audit;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Reviews.Absences;

/// <summary>Everybody says for themselves when they are away, and who reviews in their place.</summary>
public sealed class ManageAbsences
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    private readonly Database _database;
    private readonly IOwnerDirectory _accounts;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal ManageAbsences(Database database, IOwnerDirectory accounts, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _accounts = accounts;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>The caller's absence, now or to come; null for none.</summary>
    public async Task<Result<OwnAbsence?>> FindAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Account is not { } self)
        {
            return ReviewRefusals.NeedsAccount();
        }

        await using var session = _database.OpenRead();
        var mine = (await AbsenceStore.ListAsync(session, _clock.GetUtcNow(), cancellationToken)).FirstOrDefault(absence => absence.Account == self);
        var standIn = mine is null ? null : (await _accounts.ListAsync(cancellationToken)).FirstOrDefault(account => account.Id == mine.StandIn);
        return Result.Of(mine is null ? null : new OwnAbsence(standIn?.Name ?? $"account {mine.StandIn}, which is closed", mine.From, mine.Until));
    }

    /// <summary>Says that the caller is away, in place of what was said before. What is theirs to decide then goes to the stand-in, and stays there.</summary>
    /// <param name="standInAddress">The address of an active account of Watchbill.</param>
    /// <param name="time">From when until when.</param>
    /// <param name="caller">Who is away.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<OwnAbsence>> SetAsync(string standInAddress, (DateTimeOffset From, DateTimeOffset Until) time, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(standInAddress);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Account is not { } self)
        {
            return ReviewRefusals.NeedsAccount();
        }

        if (time.Until <= time.From || time.Until <= _clock.GetUtcNow() || time.Until - time.From > Longest)
        {
            return ReviewRefusals.BadAbsence();
        }

        var standIn = (await _accounts.ListAsync(cancellationToken)).FirstOrDefault(account => account.Email.Equals(standInAddress.Trim(), StringComparison.OrdinalIgnoreCase));
        if (standIn is null || standIn.Id == self)
        {
            return ReviewRefusals.BadStandIn();
        }

        return await _database.InTransactionAsync(
            async transaction =>
            {
                var absence = new Absence(self, standIn.Id, time.From, time.Until);
                await AbsenceStore.ReplaceAsync(transaction, absence, cancellationToken);
                await _audit.AppendAsync(transaction, EventOf("absence-set", absence, caller.Actor), cancellationToken);
                return Result.Of(new OwnAbsence(standIn.Name, time.From, time.Until));
            },
            cancellationToken);
    }

    /// <summary>The caller is not away any more, or will not be. What was handed over stays with the stand-in.</summary>
    public async Task<Result<OwnAbsence?>> EndAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Account is not { } self)
        {
            return ReviewRefusals.NeedsAccount();
        }

        return await _database.InTransactionAsync(
            async transaction =>
            {
                if (await AbsenceStore.DeleteAsync(transaction, self, cancellationToken) > 0)
                {
                    await _audit.AppendAsync(transaction, new AuditEvent { Actor = caller.Actor, Action = "absence-ended", SubjectKind = "account", SubjectId = self.ToString() }, cancellationToken);
                }

                return Result.Of<OwnAbsence?>(null);
            },
            cancellationToken);
    }

    private static AuditEvent EventOf(string action, Absence absence, Actor actor) => new()
    {
        Actor = actor,
        Action = action,
        SubjectKind = "account",
        SubjectId = absence.Account.ToString(),
        After = new JsonObject { ["standIn"] = absence.StandIn.Value, ["from"] = PopulationFile.Instant(absence.From), ["until"] = PopulationFile.Instant(absence.Until) }.ToJsonString(),
    };
}
