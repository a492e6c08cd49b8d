namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>A code repository that commits come from.</summary>
public sealed record Repository(long Id, string Name, DateTimeOffset DateCreated)
{
    public const string Active = "active";

    /// <summary><see cref="Active"/>, or <c>deleted</c> for one that was disconnected.</summary>
    public string Status { get; init; } = Active;

    public string Url => "https://code.example.com/" + Name;

    /// <summary>The integration it is reached through, or null.</summary>
    public Integration? Integration { get; init; }
}
