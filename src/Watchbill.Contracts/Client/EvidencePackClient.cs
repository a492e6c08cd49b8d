using System.Globalization;

namespace Watchbill.Contracts.Client;

/// <summary>Evidence packs.</summary>
public sealed class EvidencePackClient
{
    private readonly ApiTransport _transport;

    internal EvidencePackClient(ApiTransport transport) => _transport = transport;

    /// <summary>Has a pack made and writes it.</summary>
    /// <param name="connector">Of which connector.</param>
    /// <param name="choice">What it is about.</param>
    /// <param name="target">Where it is written; not closed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>SHA-256 of the file and the fingerprint of the key that signed it, both in hex, as the server says them.</returns>
    public async Task<(string Sha256, string KeyFingerprint)> DownloadAsync(long connector, PackChoice choice, Stream target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return await DownloadAsync($"{connector}.zip?{choice.Query}", target, cancellationToken);
    }

    /// <summary>Has a set of packs made, of several connectors, and writes it.</summary>
    /// <param name="connectors">Of which connectors, at most 50.</param>
    /// <param name="choice">What it is about.</param>
    /// <param name="target">Where it is written; not closed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>SHA-256 of the file and the fingerprint of the key that signed it, both in hex, as the server says them.</returns>
    public async Task<(string Sha256, string KeyFingerprint)> DownloadSetAsync(IReadOnlyList<long> connectors, PackChoice choice, Stream target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connectors);
        ArgumentNullException.ThrowIfNull(choice);
        return await DownloadAsync($"set.zip?{choice.Query}{string.Concat(connectors.Select(static id => string.Create(CultureInfo.InvariantCulture, $"&source={id}")))}", target, cancellationToken);
    }

    private async Task<(string Sha256, string KeyFingerprint)> DownloadAsync(string address, Stream target, CancellationToken cancellationToken)
    {
        var headers = await _transport.DownloadAsync($"evidence-packs/{address}", target, cancellationToken);
        return (headers.GetValues("X-Watchbill-Sha256").Single(), headers.GetValues("X-Watchbill-Key").Single());
    }
}

/// <summary>What a pack is about.</summary>
/// <param name="Framework">Which framework.</param>
/// <param name="From">What happened at or after this instant is in it.</param>
/// <param name="To">What happened before this instant is in it.</param>
/// <param name="Controls">Only these controls; empty for all.</param>
public sealed record PackChoice(string Framework, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> Controls)
{
    internal string Query => string.Join('&',
        [$"framework={Uri.EscapeDataString(Framework)}", $"from={Uri.EscapeDataString($"{From.UtcDateTime:O}")}", $"to={Uri.EscapeDataString($"{To.UtcDateTime:O}")}", .. Controls.Select(static control => $"control={Uri.EscapeDataString(control)}")]);
}
