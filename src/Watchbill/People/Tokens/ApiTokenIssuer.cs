using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Secrets;
using Watchbill.Storage;

namespace Watchbill.People.Tokens;

/// <summary>What an API token will be.</summary>
/// <param name="Name">What will use it.</param>
/// <param name="Rights">What it may at most.</param>
/// <param name="ExpiresAt">When it stops working.</param>
public sealed record ApiTokenInput(string Name, IReadOnlyCollection<Right> Rights, DateTimeOffset ExpiresAt);

/// <summary>Makes API tokens inside the transactions of those who have a reason to.</summary>
internal sealed class ApiTokenIssuer(AuditLog audit, TimeProvider clock)
{
    /// <summary>Why this token cannot be made for this caller; null when it can.</summary>
    public Refusal? Refuse(ApiTokenInput input, Caller caller)
    {
        var life = input.ExpiresAt - clock.GetUtcNow();
        return PersonInput.Name(input.Name) is null ? PeopleRefusals.BadTokenName()
            : life <= TimeSpan.Zero || life > TimeSpan.FromDays(ApiToken.LongestDays) ? PeopleRefusals.BadTokenExpiry(ApiToken.LongestDays)
            : input.Rights.Count == 0 && caller.Rights.Count > 0 ? PeopleRefusals.BadTokenRights()
            : input.Rights.Any(right => !caller.May(right)) ? PeopleRefusals.TokenBeyondOwnRights()
            : null;
    }

    /// <summary>Makes it. The caller has looked that it can be.</summary>
    public async Task<Result<IssuedApiToken>> IssueAsync(
        Transaction transaction, ApiTokenInput input, AccountId owner, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await Database.LockAsync(transaction, $"api tokens {owner}", cancellationToken);
        if (await ApiTokenStore.CountLivingAsync(transaction, owner, now, cancellationToken) >= ApiToken.MostPerAccount)
        {
            return PeopleRefusals.TooManyTokens(ApiToken.MostPerAccount);
        }

        var text = ApiToken.Prefix + SecretText.Create();
        var row = new ApiTokenRow
        {
            AccountId = owner,
            Name = PersonInput.Name(input.Name)!,
            Rights = NameList.Write(input.Rights),
            TokenDigest = SecretText.Digest(text),
            LastFour = text[^4..],
            CreatedAt = now,
            ExpiresAt = input.ExpiresAt,
        };
        var token = (row with { Id = await ApiTokenStore.InsertAsync(transaction, row, cancellationToken) }).ToToken();
        await audit.AppendAsync(transaction, PeopleEvents.OfToken("api-token-made", token, actor), cancellationToken);
        return new IssuedApiToken(token, text);
    }
}
