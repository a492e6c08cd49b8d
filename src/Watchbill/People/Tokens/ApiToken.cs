using Watchbill.Kernel;

namespace Watchbill.People.Tokens;

/// <summary>What a program proves with who sent it. Never holds the token's text, which is shown once.</summary>
public sealed record ApiToken
{
    /// <summary>What every token's text begins with, so that people and scanners recognise one.</summary>
    public const string Prefix = "wbt_";

    /// <summary>The longest a token can live, in days.</summary>
    public const int LongestDays = 366;

    /// <summary>The most tokens that one account can have at a time.</summary>
    public const int MostPerAccount = 50;

    /// <summary>Identifies it.</summary>
    public required ApiTokenId Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>What uses it, as its owner said.</summary>
    public required string Name { get; init; }

    /// <summary>What it may at most; at any time also not more than its owner may then.</summary>
    public required IReadOnlyList<Right> Rights { get; init; }

    /// <summary>The last four characters of its text, to tell tokens apart.</summary>
    public required string LastFour { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it stops working.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was last used, to the minute; null when never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked; null while it works.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>A token and whose it is, for lists.</summary>
/// <param name="Token">The token.</param>
/// <param name="Owner">Whose it is.</param>
public sealed record OwnedApiToken(ApiToken Token, Account Owner);

/// <summary>A token that was just made.</summary>
/// <param name="Token">What is known of it from now on.</param>
/// <param name="Text">The token itself. This is the only time it is shown; never log it.</param>
public sealed record IssuedApiToken(ApiToken Token, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"API token {Token.Id}";
}

/// <summary>Who a token's text stands for.</summary>
/// <param name="Caller">What it may now.</param>
/// <param name="Token">The token.</param>
/// <param name="Owner">Whose it is.</param>
public sealed record ApiTokenHolder(Caller Caller, ApiToken Token, Account Owner);
