namespace Watchbill.People.Tokens;

/// <summary>What a device needs to know to log in (RFC 8628).</summary>
/// <param name="DeviceCode">The device's own secret, to ask with.</param>
/// <param name="UserCode">What its person types in the console: <c>BCDF-GHJK</c>.</param>
/// <param name="Page">The page to type it on.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="Pause">How long to wait between two questions.</param>
public sealed record StartedDeviceLogin(string DeviceCode, string UserCode, Uri Page, DateTimeOffset ExpiresAt, TimeSpan Pause)
{
    /// <inheritdoc/>
    public override string ToString() => "device login";
}

/// <summary>A device that asks to be let in, as its person sees it before they decide.</summary>
/// <param name="UserCode">The code as the device shows it.</param>
/// <param name="Client">What the device calls itself.</param>
/// <param name="From">The IP address it asked from; null when not known.</param>
/// <param name="CreatedAt">When it asked.</param>
/// <param name="ExpiresAt">Until when it can be decided.</param>
public sealed record WaitingDevice(string UserCode, string Client, string? From, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
