using System.Text.Json.Serialization;

namespace Watchbill.Compliance.Frameworks;

/// <summary>A list of controls, as far as evidence from Sentry is about them.</summary>
public sealed record Framework
{
    /// <summary>Stable, for example <c>soc2-tsc-2017-rev2022</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Which edition.</summary>
    public required string Edition { get; init; }

    /// <summary>Whose it is, and why its texts are here or not.</summary>
    public required string Source { get; init; }

    /// <summary>How many controls the framework has in all; what is not among <see cref="Controls"/> needs evidence from elsewhere.</summary>
    public required int ControlCount { get; init; }

    /// <summary>Its controls that evidence from Sentry is about, in their order.</summary>
    public required IReadOnlyList<FrameworkControl> Controls { get; init; }
}

/// <summary>One control.</summary>
public sealed record FrameworkControl
{
    /// <summary>As the framework writes it, for example <c>CC6.1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it asks for, in few words.</summary>
    public required string Title { get; init; }

    /// <summary>What it is about: decides what evidence from Sentry cannot show of it.</summary>
    public required ControlTheme Theme { get; init; }

    /// <summary>The checks that are evidence for a part of it.</summary>
    public required IReadOnlyList<string> Checks { get; init; }
}

/// <summary>What controls are about.</summary>
public enum ControlTheme
{
    /// <summary>Who may do what.</summary>
    Access,

    /// <summary>How people and programs prove who they are.</summary>
    Authentication,

    /// <summary>What is written down of what was done.</summary>
    Logging,

    /// <summary>What watches.</summary>
    Monitoring,

    /// <summary>What is done when something went wrong.</summary>
    Incident,

    /// <summary>How software changes.</summary>
    Change,

    /// <summary>How systems are set.</summary>
    Configuration,

    /// <summary>What becomes of data.</summary>
    Data,

    /// <summary>For how long data is kept.</summary>
    Retention,

    /// <summary>What data travels through.</summary>
    Network,

    /// <summary>Who else is trusted.</summary>
    Supplier,

    /// <summary>What there is.</summary>
    Asset,

    /// <summary>How work goes on.</summary>
    Continuity,

    /// <summary>Who decides.</summary>
    Governance,
}

/// <summary>How frameworks are read. A member that nobody knows is a mistake in the file.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectNullableAnnotations = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Framework))]
internal sealed partial class FrameworkJson : JsonSerializerContext;
