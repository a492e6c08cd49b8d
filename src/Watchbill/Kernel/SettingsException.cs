namespace Watchbill.Kernel;

/// <summary>Settings that somebody wrote cannot be used. The message names each that is wrong, and holds no secret.</summary>
public abstract class SettingsException(string message) : Exception(message);
