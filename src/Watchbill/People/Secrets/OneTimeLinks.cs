using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.Secrets;

/// <summary>Makes one-time links, and judges those that somebody holds.</summary>
internal sealed class OneTimeLinks(Database database, PublicAddress address, TimeProvider clock)
{
    /// <summary>Makes a link; the one of the same kind that the account had stops working.</summary>
    public async Task<IssuedLink> IssueAsync(
        Transaction transaction, OneTimeLinkKind kind, AccountId account, TimeSpan life, CancellationToken cancellationToken)
    {
        var (secret, expiresAt) = await MakeAsync(transaction, kind, account, life, cancellationToken);
        return new IssuedLink(address.Of($"{PathOf(kind)}/{secret}"), expiresAt, Mailed: false);
    }

    /// <summary>Makes the secret that lets somebody who showed a password show their second factor.</summary>
    public async Task<string> IssueSecondStepAsync(Transaction transaction, AccountId account, TimeSpan life, CancellationToken cancellationToken) =>
        (await MakeAsync(transaction, OneTimeLinkKind.SecondStep, account, life, cancellationToken)).Secret;

    /// <summary>The link with this secret; null when there is none that works. Looking uses nothing up.</summary>
    public async Task<OneTimeLinkRow?> FindAsync(OneTimeLinkKind kind, string? secret, CancellationToken cancellationToken)
    {
        if (!SecretText.IsWellFormed(secret))
        {
            return null;
        }

        await using var session = database.OpenRead();
        var link = await OneTimeLinkStore.FindAsync(session, kind, SecretText.Digest(secret!), cancellationToken);
        return link is not null && link.ExpiresAt > clock.GetUtcNow() ? link : null;
    }

    /// <summary>Uses the link up. Of several who try at once, one is answered true; when its transaction fails, the link works again.</summary>
    public Task<bool> TryTakeAsync(Transaction transaction, OneTimeLinkRow link, CancellationToken cancellationToken) =>
        OneTimeLinkStore.TryTakeAsync(transaction, link, clock.GetUtcNow(), cancellationToken);

    private async Task<(string Secret, DateTimeOffset ExpiresAt)> MakeAsync(
        Transaction transaction, OneTimeLinkKind kind, AccountId account, TimeSpan life, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var secret = SecretText.Create();
        var row = new OneTimeLinkRow { Kind = kind, SecretDigest = SecretText.Digest(secret), AccountId = account, CreatedAt = now, ExpiresAt = now + life };
        await OneTimeLinkStore.ReplaceAsync(transaction, row, cancellationToken);
        return (secret, row.ExpiresAt);
    }

    private static string PathOf(OneTimeLinkKind kind) => kind switch
    {
        OneTimeLinkKind.SetUp => "/set-up",
        OneTimeLinkKind.Invitation => "/invitation",
        OneTimeLinkKind.PasswordReset => "/new-password",
        OneTimeLinkKind.SignIn => "/sign-in/link",
        OneTimeLinkKind.SecondStep => throw new ArgumentException("A second step has no address.", nameof(kind)),
    };
}
