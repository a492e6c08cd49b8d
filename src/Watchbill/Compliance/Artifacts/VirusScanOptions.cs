using Watchbill.Kernel;

namespace Watchbill.Compliance.Artifacts;

/// <summary>Who looks at files before they are kept.</summary>
/// <param name="Scanner">Where ClamAV's daemon listens, <c>tcp://HOST:PORT</c>; null where nobody looks. Setting <c>VIRUS_SCANNER</c>.</param>
public sealed record VirusScanOptions(Uri? Scanner)
{
    private const string Setting = "VIRUS_SCANNER";

    /// <summary>Reads the setting.</summary>
    /// <exception cref="VirusScanSettingsException">It is no such address.</exception>
    public static VirusScanOptions Read(IReadOnlyDictionary<string, string?> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Text(Setting) is not { } text ? new VirusScanOptions(Scanner: null)
            : Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "tcp", Port: > 0, PathAndQuery: "" or "/", UserInfo: "" } ? new VirusScanOptions(address)
            : throw new VirusScanSettingsException($"{Setting} says where ClamAV's daemon listens, for example tcp://clamav.example.com:3310.");
    }
}

/// <summary>The setting about looking for viruses is wrong; the message names it.</summary>
public sealed class VirusScanSettingsException(string message) : SettingsException(message);
