namespace Watchbill.People.SingleSignOn;

/// <summary>What an identity provider said about somebody who has just signed in there.</summary>
public sealed record ProviderPerson
{
    /// <summary>Who says it.</summary>
    public required string Issuer { get; init; }

    /// <summary>Whom it means; never given to somebody else by the same issuer.</summary>
    public required string Subject { get; init; }

    /// <summary>The e-mail address; null when it named none.</summary>
    public string? Address { get; init; }

    /// <summary>Whether it says that it verified the address.</summary>
    public bool AddressIsVerified { get; init; }

    /// <summary>The name; null when it named none.</summary>
    public string? Name { get; init; }

    /// <summary>The groups; null when it did not list them, which is not the same as none.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Their session there, by which it says later that it ended; null when it named none.</summary>
    public string? Session { get; init; }

    /// <summary>When they proved to it who they are, which may be long ago; null when it did not say.</summary>
    public DateTimeOffset? ProvedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"somebody of {Issuer}";
}
