using System.Globalization;
using Watchbill.Kernel;

namespace Watchbill.Connectors;

/// <summary>How long is kept what is no evidence of its own.</summary>
/// <param name="RunLogs">How long the log of a sync run is kept: which scope was read with how many requests. Null for ever. Setting <c>KEEP_RUN_LOGS_DAYS</c>, 90 to 3650 or <c>forever</c>; <value>400</value>, a year that is audited and the month after it.</param>
public sealed record RetentionOptions(TimeSpan? RunLogs)
{
    private const string Setting = "KEEP_RUN_LOGS_DAYS";

    /// <summary>What holds where nothing is set.</summary>
    public static RetentionOptions Usual { get; } = new(TimeSpan.FromDays(400));

    /// <summary>Reads the settings.</summary>
    /// <exception cref="RetentionSettingsException">One is wrong; the message names it.</exception>
    public static RetentionOptions Read(IReadOnlyDictionary<string, string?> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Text(Setting) is not { } text ? Usual
            : text.Equals("forever", StringComparison.OrdinalIgnoreCase) ? new RetentionOptions(RunLogs: null)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 90 and <= 3650 ? new RetentionOptions(TimeSpan.FromDays(days))
            : throw new RetentionSettingsException($"{Setting} is a number of days from 90 to 3650, or forever.");
    }
}

/// <summary>A setting about how long things are kept is wrong; the message names it.</summary>
public sealed class RetentionSettingsException(string message) : SettingsException(message);
