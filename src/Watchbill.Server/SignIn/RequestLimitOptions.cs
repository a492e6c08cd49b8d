using System.Globalization;
using Watchbill.Kernel;

namespace Watchbill.Server.SignIn;

/// <summary>How much whoever is signed in may ask of one server.</summary>
/// <param name="PerSecond">Requests a second, as an average; ten times as many at once. Setting <c>REQUESTS_A_SECOND</c>, 10 to 10,000; <value>100</value>.</param>
public sealed record RequestLimitOptions(int PerSecond)
{
    private const string Setting = "REQUESTS_A_SECOND";
    private const int Default = 100;

    /// <summary>Reads the setting.</summary>
    /// <exception cref="RequestLimitSettingsException">It is no such number.</exception>
    public static RequestLimitOptions Read(IReadOnlyDictionary<string, string?> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Text(Setting) is not { } text ? new RequestLimitOptions(Default)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 10 and <= 10_000 ? new RequestLimitOptions(number)
            : throw new RequestLimitSettingsException($"{Setting} is a number from 10 to 10000: so many requests a second one account may send to one server.");
    }
}

/// <summary>The setting about how much an account may ask is wrong; the message names it.</summary>
public sealed class RequestLimitSettingsException(string message) : SettingsException(message);
