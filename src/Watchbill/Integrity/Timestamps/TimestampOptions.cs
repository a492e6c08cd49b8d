using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Watchbill.Kernel;

namespace Watchbill.Integrity.Timestamps;

/// <summary>Which time authority says when the log stood as it did. Without one nothing is asked.</summary>
public sealed record TimestampOptions
{
    /// <summary>Where it answers (RFC 3161 over HTTP); null when none is configured. Setting <c>TIMESTAMP_AUTHORITY</c>.</summary>
    public Uri? Authority { get; init; }

    /// <summary>The certificates that its own must come from, as PEM: they go into evidence packs too. Null where any is taken. Setting <c>TIMESTAMP_CA</c> names the file.</summary>
    public string? CertificatesPem { get; init; }

    /// <summary>So long passes between two. Setting <c>TIMESTAMP_HOURS</c>, <value>24</value>.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long one exchange may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Reads the settings.</summary>
    /// <param name="settings">Settings by name, without the prefix of the environment.</param>
    /// <exception cref="TimestampSettingsException">One is wrong; the message names it.</exception>
    public static TimestampOptions Read(IReadOnlyDictionary<string, string?> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Text("TIMESTAMP_AUTHORITY") is not { } address)
        {
            return new TimestampOptions();
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var authority) || authority.Scheme is not ("http" or "https") || authority.UserInfo.Length > 0)
        {
            throw new TimestampSettingsException("TIMESTAMP_AUTHORITY is the address of a time authority, for example http://timestamp.example.com/, without a user in it.");
        }

        var every = TimeSpan.FromHours(24);
        if (settings.Text("TIMESTAMP_HOURS") is { } text)
        {
            every = int.TryParse(text, out var hours) && hours is >= 1 and <= 744 ? TimeSpan.FromHours(hours) : throw new TimestampSettingsException("TIMESTAMP_HOURS is a number from 1 to 744.");
        }

        return new TimestampOptions { Authority = authority, Every = every, CertificatesPem = settings.Text("TIMESTAMP_CA") is { } file ? ReadCertificates(file) : null };
    }

    /// <summary>The certificates of a text; they are the caller's to dispose of.</summary>
    internal static X509Certificate2Collection CertificatesOf(string pem)
    {
        X509Certificate2Collection certificates = [];
        certificates.ImportFromPem(pem);
        return certificates;
    }

    /// <summary>Only certificates are taken from the file: what else may lie in it, a private key for example, goes nowhere.</summary>
    private static string ReadCertificates(string file)
    {
        try
        {
            var certificates = CertificatesOf(File.ReadAllText(file));
            return certificates.Count > 0 ? string.Concat(certificates.Select(static one => one.ExportCertificatePem() + "\n")) : throw new TimestampSettingsException($"TIMESTAMP_CA names a file without a certificate: {file}.");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new TimestampSettingsException($"TIMESTAMP_CA names a file with certificates in PEM; {file} cannot be read as one: {wrong.Message}");
        }
    }
}

/// <summary>The settings of time authorities are wrong; the message names which.</summary>
public sealed class TimestampSettingsException(string message) : SettingsException(message);
