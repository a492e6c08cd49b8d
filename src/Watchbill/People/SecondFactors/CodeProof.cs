namespace Watchbill.People.SecondFactors;

/// <summary>What a typed code is: one that the app made for a step, or a recovery code. Worth nothing until it is used up.</summary>
/// <param name="Step">The step of an app's code; null for a recovery code.</param>
/// <param name="Recovery">The digest of a recovery code; null for an app's code.</param>
internal sealed record CodeProof(long? Step, string? Recovery)
{
    /// <summary>What is being set up and was proved by it, as it is stored; null for what is set up.</summary>
    public string? Begun { get; init; }

    /// <summary>How somebody proved who they are with it and a password, for the audit log.</summary>
    public string How => Recovery is null ? "password and code" : "password and recovery code";
}
