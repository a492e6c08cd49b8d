using System.Text.Json;
using System.Text.Json.Serialization;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Api;

/// <summary>
/// Remembers for a day what was answered to requests that carry an idempotency key. The key is written down before anything is done: when the
/// server dies in between, the same key is told that nobody knows, and never carries a thing out twice.
/// </summary>
public sealed class IdempotencyKeys(Database database, SecretVault vault, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Takes the key for a request. When it was answered before, the answer is given again.</summary>
    internal async Task<Result<IdempotencyClaim>> ClaimAsync(string caller, string key, string request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var row = new IdempotencyRow { Caller = caller, Key = key, Request = request, CreatedAt = now };
        return await database.InTransactionAsync<Result<IdempotencyClaim>>(
            async transaction =>
            {
                await Database.LockAsync(transaction, $"idempotency {caller} {key}", cancellationToken);
                if (await IdempotencyStore.FindAsync(transaction, caller, key, cancellationToken) is not { } known || known.CreatedAt < now - Kept)
                {
                    await IdempotencyStore.DeleteAsync(transaction, row, cancellationToken);
                    await IdempotencyStore.InsertAsync(transaction, row, cancellationToken);
                    return new IdempotencyClaim(row, Answer: null);
                }

                return known switch
                {
                    _ when known.Request != request => new Refusal(
                        RefusalKind.Invalid, "idempotency-key-reused", "This idempotency key was used for another request. Take a new key for each request."),
                    { ProtectedAnswer: null } => new Refusal(
                        RefusalKind.Conflict,
                        "idempotency-key-pending",
                        "A request with this idempotency key has begun and was not answered. It may have been carried out: look before you send it again with a new key."),
                    _ => new IdempotencyClaim(row, JsonSerializer.Deserialize(vault.Unprotect(known.ProtectedAnswer), StoredJson.Default.StoredAnswer)),
                };
            },
            cancellationToken);
    }

    /// <summary>Writes down what was answered.</summary>
    internal Task AnswerAsync(IdempotencyClaim claim, StoredAnswer answer, CancellationToken cancellationToken)
    {
        var text = vault.Protect(JsonSerializer.Serialize(answer, StoredJson.Default.StoredAnswer));
        return database.InTransactionAsync(transaction => IdempotencyStore.AnswerAsync(transaction, claim.Row, text, cancellationToken), cancellationToken);
    }

    /// <summary>Gives the key free: nothing was done.</summary>
    internal Task ReleaseAsync(IdempotencyClaim claim, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => IdempotencyStore.DeleteAsync(transaction, claim.Row, cancellationToken), cancellationToken);

    /// <summary>Forgets those that are older than a day.</summary>
    public Task SweepAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => IdempotencyStore.SweepAsync(transaction, clock.GetUtcNow() - Kept, cancellationToken), cancellationToken);
}

/// <summary>A key that was taken.</summary>
/// <param name="Row">The row that stands for it.</param>
/// <param name="Answer">What was answered before; null when nothing was done yet.</param>
internal sealed record IdempotencyClaim(IdempotencyRow Row, StoredAnswer? Answer);

/// <summary>An answer that can be given again.</summary>
internal sealed record StoredAnswer(int Status, string? ContentType, string? Location, string? EntityTag, byte[] Body);

[JsonSerializable(typeof(StoredAnswer))]
internal sealed partial class StoredJson : JsonSerializerContext;
