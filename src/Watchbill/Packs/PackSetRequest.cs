using Watchbill.Kernel;

namespace Watchbill.Packs;

/// <summary>What a set of packs is about: one framework and one period, and several sources.</summary>
/// <param name="Connectors">Which sources.</param>
/// <param name="Framework">The framework whose controls they are evidence for.</param>
/// <param name="From">What happened at or after this instant is in it.</param>
/// <param name="To">What happened before this instant is in it; populations are as of then.</param>
public sealed record PackSetRequest(IReadOnlyList<ConnectorId> Connectors, string Framework, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>So many sources one set has at most.</summary>
    public const int MostSources = 50;

    /// <inheritdoc cref="PackRequest.FrameworkAt"/>
    public DateTimeOffset? FrameworkAt { get; init; }

    /// <inheritdoc cref="PackRequest.Controls"/>
    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <summary>A request for whom the end and the beginning may be left out, as for one pack.</summary>
    public static PackSetRequest Of(IReadOnlyList<ConnectorId> connectors, PackRequest about)
    {
        ArgumentNullException.ThrowIfNull(about);
        return new PackSetRequest(connectors, about.Framework, about.From, about.To) { Controls = about.Controls, FrameworkAt = about.FrameworkAt };
    }

    internal PackRequest For(ConnectorId connector) => new(connector, Framework, From, To) { Controls = Controls, FrameworkAt = FrameworkAt };
}
