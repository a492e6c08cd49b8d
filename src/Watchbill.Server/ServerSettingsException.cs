namespace Watchbill.Server;

/// <summary>The settings that a server was started with cannot be used. The message names each that is wrong, and holds no secret.</summary>
public sealed class ServerSettingsException(string message, Exception? cause = null) : Exception(message, cause);
