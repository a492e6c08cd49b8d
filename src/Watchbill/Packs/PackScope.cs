using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Runs;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Packs;

/// <summary>What every part of a pack is written from: one unchanging state of the database, and what was asked for.</summary>
internal sealed record PackScope
{
    public required ReadSession Session { get; init; }

    public required PackRequest Request { get; init; }

    public required ConnectorRow Connector { get; init; }

    public required Framework Framework { get; init; }

    public required PackKeys Keys { get; init; }

    /// <summary>The controls that it is about.</summary>
    public required IReadOnlyList<FrameworkControl> Controls { get; init; }

    /// <summary>The last run before the end of the period, with its lines.</summary>
    public required CheckRun Run { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    public ConnectorId Id => Connector.Id;

    /// <summary>The instant that populations are as of: the last one in the period.</summary>
    public DateTimeOffset AsOf => Request.To.AddMicroseconds(-1);

    /// <summary>The checks that are evidence for the controls.</summary>
    public IReadOnlySet<string> Checks => Controls.SelectMany(static control => control.Checks).ToHashSet(StringComparer.Ordinal);

    /// <summary>The pack's folder, and its file's name without the end: the same for the same request.</summary>
    public string Name => $"evidence-{Connector.OrganizationSlug}-{Framework.Id}-{Request.From.UtcDateTime:yyyyMMdd}-{Request.To.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}";
}

/// <summary>A pack, and what it was written from. The session of that is over.</summary>
internal sealed record PackedSource(PackScope Scope, MadePack Made);
