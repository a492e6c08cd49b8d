namespace Watchbill.Kernel;

/// <summary>Settings by name, as in the environment without its prefix.</summary>
public static class SettingTexts
{
    /// <summary>What a setting says, without blanks around it; null when it says nothing.</summary>
    public static string? Text(this IReadOnlyDictionary<string, string?> settings, string name)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }
}
