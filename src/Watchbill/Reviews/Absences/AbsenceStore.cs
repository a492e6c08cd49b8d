using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Reviews.Absences;

/// <summary>The SQL of absences: one at a time for each account.</summary>
internal static class AbsenceStore
{
    public static EntityMapping Mapping { get; } = new(static builder => builder.Entity<AbsenceRow>().HasTableName("review_absence").HasKey(row => row.AccountId));

    /// <summary>Those that are not over.</summary>
    public static async Task<IReadOnlyList<Absence>> ListAsync(DatabaseSession session, DateTimeOffset now, CancellationToken cancellationToken) =>
        [.. (await session.Connection.GetTable<AbsenceRow>().Where(row => row.EndsAt > now).ToListAsync(cancellationToken)).Select(static row => row.ToAbsence())];

    public static async Task ReplaceAsync(Transaction transaction, Absence absence, CancellationToken cancellationToken)
    {
        await DeleteAsync(transaction, absence.Account, cancellationToken);
        var row = new AbsenceRow { AccountId = absence.Account, StandIn = absence.StandIn, BeginsAt = absence.From, EndsAt = absence.Until };
        await transaction.Connection.InsertAsync(row, token: cancellationToken);
    }

    public static Task<int> DeleteAsync(Transaction transaction, AccountId account, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<AbsenceRow>().DeleteAsync(row => row.AccountId == account, cancellationToken);
}

/// <summary>A row of the absences' table.</summary>
internal sealed record AbsenceRow
{
    public AccountId AccountId { get; init; }

    public AccountId StandIn { get; init; }

    public DateTimeOffset BeginsAt { get; init; }

    public DateTimeOffset EndsAt { get; init; }

    public Absence ToAbsence() => new(AccountId, StandIn, BeginsAt, EndsAt);
}
