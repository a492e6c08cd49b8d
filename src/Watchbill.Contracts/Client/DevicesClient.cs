using Watchbill.Contracts.People;

namespace Watchbill.Contracts.Client;

/// <summary>How a program without a browser gets its token. Needs none.</summary>
public sealed class DevicesClient
{
    private readonly ApiTransport _transport;

    internal DevicesClient(ApiTransport transport) => _transport = transport;

    /// <summary>Begins; the answer says what to show to the person.</summary>
    public Task<WaitingDevice> StartAsync(NewDevice device, CancellationToken cancellationToken) =>
        _transport.SendAsync<WaitingDevice>(new Outgoing(HttpMethod.Post, "device") { Body = device }, cancellationToken);

    /// <summary>Collects the token; refused with <c>device-login-pending</c> until somebody has let the device in.</summary>
    public Task<DeviceToken> CollectAsync(DeviceCollection collection, CancellationToken cancellationToken) =>
        _transport.SendAsync<DeviceToken>(new Outgoing(HttpMethod.Post, "device/token") { Body = collection }, cancellationToken);
}
