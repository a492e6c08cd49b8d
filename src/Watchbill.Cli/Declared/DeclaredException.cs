using System.ComponentModel;

namespace Watchbill.Cli.Declared;

/// <summary>A failure of a check that is to be accepted for a time.</summary>
internal sealed record DeclaredException
{
    [Description("The name of the source.")]
    public string Source { get; init; } = "";

    [Description("The check's id, for example member-inactive.")]
    public string Check { get; init; } = "";

    [Description("The kind of the one resource it is for; all when left out.")]
    public string? ResourceKind { get; init; }

    [Description("The key of the one resource it is for.")]
    public string? ResourceKey { get; init; }

    [Description("Why it is wanted.")]
    public string Reason { get; init; } = "";

    [Description("Until when, at most a year from now, for example 2027-06-30T00:00:00Z.")]
    public string EndsAt { get; init; } = "";
}
