using Watchbill.Kernel;

namespace Watchbill.People.SecondFactors;

/// <summary>Whether a password is enough.</summary>
/// <param name="IsRequired">
/// Whether everybody who signs in with a password needs a second factor, and sets one up at their next sign-in; otherwise whoever wants one has one. Setting
/// <c>SECOND_FACTOR</c>, <c>required</c> or <c>offered</c>; <value>offered</value>.
/// </param>
public sealed record SecondFactorOptions(bool IsRequired)
{
    private const string Setting = "SECOND_FACTOR";

    /// <summary>Reads the setting.</summary>
    /// <exception cref="SecondFactorSettingsException">It is neither.</exception>
    public static SecondFactorOptions Read(IReadOnlyDictionary<string, string?> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Text(Setting)?.ToLowerInvariant() switch
        {
            null or "offered" => new SecondFactorOptions(IsRequired: false),
            "required" => new SecondFactorOptions(IsRequired: true),
            _ => throw new SecondFactorSettingsException($"{Setting} is required or offered."),
        };
    }
}

/// <summary>The setting about second factors is wrong; the message names it.</summary>
public sealed class SecondFactorSettingsException(string message) : SettingsException(message);
