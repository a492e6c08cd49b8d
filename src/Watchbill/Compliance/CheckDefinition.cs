namespace Watchbill.Compliance;

/// <summary>What is known about a check before it runs. Its text is part of the evidence: a changed meaning is a new <see cref="Version"/>.</summary>
/// <param name="Id">Stable, kebab-case, for example <c>member-inactive</c>.</param>
/// <param name="Severity">How bad a failure is.</param>
public sealed record CheckDefinition(string Id, Severity Severity)
{
    /// <summary>Counts changes of meaning.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What should be so, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>What exactly is looked at, in terms of the fields.</summary>
    public required string Asserts { get; init; }

    /// <summary>Why it matters.</summary>
    public required string Rationale { get; init; }

    /// <summary>What to do about a failure.</summary>
    public required string Remediation { get; init; }

    /// <summary>What it reads. Without one of these, complete and fresh, nothing is evaluated.</summary>
    public required IReadOnlyList<CheckInput> Reads { get; init; }

    /// <summary>The fields of Sentry's answers that it rests on.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>The scopes that a token needs for it.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>What each connector may set for itself.</summary>
    public IReadOnlyList<CheckParameter> Parameters { get; init; } = [];
}
