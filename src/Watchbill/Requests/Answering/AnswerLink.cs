using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.People.Secrets;
using Watchbill.Storage;

namespace Watchbill.Requests.Answering;

/// <summary>A row of the links that were mailed to those who decide. It is dead once its step was answered, or its holder has spoken.</summary>
internal sealed record AnswerLinkRow
{
    public long Id { get; init; }

    public required string SecretDigest { get; init; }

    public AccessRequestId RequestId { get; init; }

    public int Step { get; init; }

    public AccountId AccountId { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>The SQL of links.</summary>
internal static class AnswerLinkStore
{
    public static EntityMapping Mapping { get; } = new(static builder => builder.Entity<AnswerLinkRow>().HasTableName("answer_link").HasIdentityKey(row => row.Id));

    /// <summary>Makes a link for one person and the open step of a request.</summary>
    /// <returns>The path of the console that it is.</returns>
    public static async Task<string> IssueAsync(Transaction transaction, AccessRequestRow request, AccountId account, CancellationToken cancellationToken)
    {
        var secret = SecretText.Create();
        var row = new AnswerLinkRow { SecretDigest = SecretText.Digest(secret), RequestId = request.Id, Step = request.Step, AccountId = account, ExpiresAt = request.ExpiresAt };
        await transaction.Connection.InsertAsync(row, token: cancellationToken);
        return $"/answer/{secret}";
    }

    public static Task<AnswerLinkRow?> FindAsync(DatabaseSession session, string digest, CancellationToken cancellationToken) =>
        session.Connection.GetTable<AnswerLinkRow>().FirstOrDefaultAsync(row => row.SecretDigest == digest, cancellationToken);

    /// <summary>Forgets links that ran out. Done wherever new ones are made, so that the table holds those of open requests and little more.</summary>
    public static Task<int> SweepAsync(Transaction transaction, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Connection.GetTable<AnswerLinkRow>().Where(row => row.ExpiresAt <= now).DeleteAsync(cancellationToken);
}
