using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.Compliance;

/// <summary>What is known about a check before it runs.</summary>
public sealed record CheckDefinition
{
    /// <summary>Stable, for example <c>member-inactive</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Counts changes of meaning.</summary>
    public required int Version { get; init; }

    /// <summary>low, medium, high or critical.</summary>
    public required string Severity { get; init; }

    /// <summary>What should be so.</summary>
    public required string Title { get; init; }

    /// <summary>What exactly is looked at.</summary>
    public required string Asserts { get; init; }

    /// <summary>Why it matters.</summary>
    public required string Rationale { get; init; }

    /// <summary>What to do about a failure.</summary>
    public required string Remediation { get; init; }

    /// <summary>What it reads, in words such as <c>members</c>.</summary>
    public required IReadOnlyList<string> Reads { get; init; }

    /// <summary>The fields of Sentry's answers that it rests on.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>The scopes that a token needs for it.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>What each source may set for itself.</summary>
    public required IReadOnlyList<CheckParameter> Parameters { get; init; }
}

/// <summary>Something of a check that each source may set for itself.</summary>
public sealed record CheckParameter
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it does.</summary>
    public required string Meaning { get; init; }

    /// <summary>number, share, flag, texts or pattern.</summary>
    public required string Kind { get; init; }

    /// <summary>The value where nobody set another.</summary>
    public required string Default { get; init; }

    /// <summary>The least value of a number.</summary>
    public decimal? Least { get; init; }

    /// <summary>The greatest value of a number.</summary>
    public decimal? Most { get; init; }
}

/// <summary>One run of all checks.</summary>
public sealed record CheckRun
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>Of which connector.</summary>
    public required long Connector { get; init; }

    /// <summary>The instant that its verdicts are about.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>SHA-256 over every verdict in a fixed order.</summary>
    public required string Digest { get; init; }

    /// <summary>One line for each check.</summary>
    public required IReadOnlyList<CheckLine> Lines { get; init; }
}

/// <summary>What one check said in one run.</summary>
public sealed record CheckLine
{
    /// <summary>Which check.</summary>
    public required string Check { get; init; }

    /// <summary>In which version.</summary>
    public required int Version { get; init; }

    /// <summary>pass, fail, not-evaluated, not-applicable or excepted: as bad as the worst of its resources.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why nothing was evaluated or is applicable, or what is said of the one resource.</summary>
    public string? Reason { get; init; }

    /// <summary>The parameters it ran with.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>SHA-256 of the check's definition as it ran.</summary>
    public required string DefinitionSha256 { get; init; }

    /// <summary>So many resources are as they should be.</summary>
    public required long Passed { get; init; }

    /// <summary>So many are not.</summary>
    public required long Failed { get; init; }

    /// <summary>So many could not be looked at.</summary>
    public required long NotEvaluated { get; init; }

    /// <summary>So many it does not apply to.</summary>
    public required long NotApplicable { get; init; }

    /// <summary>So many are not as they should be, and that is approved.</summary>
    public required long Excepted { get; init; }

    /// <summary>The run whose verdicts about single resources hold.</summary>
    public long? ResultsRun { get; init; }
}

/// <summary>What a check says of one resource.</summary>
public sealed record CheckResult
{
    /// <summary>Which check.</summary>
    public required string Check { get; init; }

    /// <summary>member, project, issue and so on.</summary>
    public required string ResourceKind { get; init; }

    /// <summary>Sentry's id of it.</summary>
    public required string ResourceKey { get; init; }

    /// <summary>What people call it.</summary>
    public required string ResourceName { get; init; }

    /// <summary>pass, fail, not-evaluated, not-applicable or excepted.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The exception that covers it.</summary>
    public long? Exception { get; init; }

    /// <summary>Since which instant.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Until which instant; null while it holds.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>Everything about one check of one connector.</summary>
public sealed record CheckDetails
{
    /// <summary>What it is.</summary>
    public required CheckDefinition Definition { get; init; }

    /// <summary>What it said in the latest run; null when there was none.</summary>
    public CheckLine? Line { get; init; }

    /// <summary>The instant that the latest run is about.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>The instant that what is said of single resources is about.</summary>
    public DateTimeOffset? ResultsAt { get; init; }

    /// <summary>What it is set to.</summary>
    public required IReadOnlyList<CheckSetting> Settings { get; init; }

    /// <summary>Its exceptions.</summary>
    public required IReadOnlyList<CheckException> Exceptions { get; init; }

    /// <summary>The controls that it is evidence for, by framework.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Controls { get; init; }
}

/// <summary>What a parameter is set to.</summary>
public sealed record CheckSetting
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The value that holds.</summary>
    public required string Value { get; init; }

    /// <summary>Whether nobody set another.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>What it was set to, newest first.</summary>
    public required IReadOnlyList<PastSetting> History { get; init; }
}

/// <summary>A value that a parameter had.</summary>
/// <param name="Value">The value.</param>
/// <param name="From">Since when.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">The account that set it; null for whoever has none.</param>
public sealed record PastSetting(string Value, DateTimeOffset From, string Reason, long? By);

/// <summary>Sets a parameter.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewSetting
{
    /// <summary>The value as text, for example <c>90</c>, <c>0.95</c>, <c>true</c> or a JSON list of texts; null for the default.</summary>
    [StringLength(100_000)]
    public string? Value { get; init; }

    /// <summary>Why.</summary>
    [Required, StringLength(500)]
    public required string Reason { get; init; }
}

/// <summary>Which results to list.</summary>
public sealed record CheckResultQuery : PageQuery
{
    /// <summary>Only those of this check.</summary>
    [StringLength(100)]
    public string? Check { get; init; }

    /// <summary>Only those with this outcome.</summary>
    [StringLength(20)]
    public string? Outcome { get; init; }

    /// <summary>Only those whose resource's name holds this, or whose key it is.</summary>
    [StringLength(200)]
    public string? Text { get; init; }

    /// <summary>As of when; now when left out.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>How many runs to list.</summary>
public sealed record CheckRunQuery
{
    /// <summary>The most runs, 1 to 500.</summary>
    [Range(1, 500)]
    public int Limit { get; init; } = 30;
}

/// <summary>Lines of Sentry's audit log that somebody looked at.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewAcknowledgement
{
    /// <summary>Sentry's ids of the lines, at most 500.</summary>
    [Required, Length(1, 500)]
    public required IReadOnlyList<long> Lines { get; init; }

    /// <summary>Why they are in order.</summary>
    [Required, StringLength(500)]
    public required string Reason { get; init; }
}

/// <summary>What came of acknowledging.</summary>
/// <param name="Acknowledged">So many were not acknowledged before.</param>
public sealed record Acknowledgement(int Acknowledged);
