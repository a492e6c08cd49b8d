using Watchbill.Kernel;

namespace Watchbill.Packs;

/// <summary>What a pack is about.</summary>
/// <param name="Connector">Which connector.</param>
/// <param name="Framework">The framework whose controls it is evidence for, for example <c>soc2-tsc-2017-rev2022</c>.</param>
/// <param name="From">What happened at or after this instant is in it.</param>
/// <param name="To">What happened before this instant is in it; populations are as of then.</param>
public sealed record PackRequest(ConnectorId Connector, string Framework, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The longest period, in days.</summary>
    public const int MostDays = 1100;

    /// <summary>So long a period is when nobody says from when on, in days: a quarter.</summary>
    public const int DefaultDays = 92;

    /// <summary>A request for whom the end and the beginning may be left out: now, and a quarter before the end.</summary>
    public static PackRequest Of(ConnectorId connector, string framework, DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now)
    {
        var end = to ?? now;
        return new PackRequest(connector, framework, from ?? end.AddDays(-DefaultDays), end);
    }

    /// <summary>The framework is taken as it was defined at this instant; null for now.</summary>
    public DateTimeOffset? FrameworkAt { get; init; }

    /// <summary>Only these controls, as the framework writes them; empty for all that evidence from Sentry is about.</summary>
    public IReadOnlyList<string> Controls { get; init; } = [];
}

/// <summary>A pack that was made.</summary>
/// <param name="FileName">What to call it.</param>
/// <param name="Path">Where it lies until whoever asked for it has it; they remove it.</param>
/// <param name="Size">So many bytes.</param>
/// <param name="Sha256">SHA-256 of the whole file, in hex: it is in the audit log too.</param>
/// <param name="KeyFingerprint">SHA-256 of the public key that signed it, in hex: to be handed over in another way than the pack.</param>
public sealed record MadePack(string FileName, string Path, long Size, string Sha256, string KeyFingerprint);
