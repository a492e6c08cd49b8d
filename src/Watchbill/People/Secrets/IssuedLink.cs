namespace Watchbill.People.Secrets;

/// <summary>A one-time link, as it is shown once to whoever asked for it. Only a digest of its secret is stored.</summary>
/// <param name="Address">The whole address. Holds a secret: show it, never log it.</param>
/// <param name="ExpiresAt">When it stops working.</param>
/// <param name="Mailed">Whether it was also put into the outbox; otherwise somebody must hand it over.</param>
public sealed record IssuedLink(Uri Address, DateTimeOffset ExpiresAt, bool Mailed)
{
    /// <inheritdoc/>
    public override string ToString() => $"link until {ExpiresAt:O}";
}
