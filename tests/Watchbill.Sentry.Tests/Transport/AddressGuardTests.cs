using System.Net;
using Watchbill.Sentry.Transport;
using static Watchbill.Testing.ScriptedServer;

namespace Watchbill.Sentry.Tests.Transport;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700::1")]
    [InlineData("::ffff:8.8.8.8")]
    public void Allows_PublicAddress_Always(string address)
    {
        Assert.True(AddressGuard.Allows(IPAddress.Parse(address), allowPrivateNetworks: false));
        Assert.True(AddressGuard.Allows(IPAddress.Parse(address), allowPrivateNetworks: true));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fc00::1")]
    [InlineData("fd12::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    public void Allows_PrivateAddress_OnlyWhenAsked(string address)
    {
        Assert.False(AddressGuard.Allows(IPAddress.Parse(address), allowPrivateNetworks: false));
        Assert.True(AddressGuard.Allows(IPAddress.Parse(address), allowPrivateNetworks: true));
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("fd00:ec2::254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    public void Allows_LinkLocalAndMetadata_Never(string address) =>
        Assert.False(AddressGuard.Allows(IPAddress.Parse(address), allowPrivateNetworks: true));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    public async Task Client_HostThatLeadsToLoopback_IsRefusedUnlessAllowed(string host)
    {
        await using var scene = await Scene.StartAsync(Answer(200, """{"version":"0"}"""));

        Assert.Equal(SentryFailureKind.ForbiddenAddress, await FailureOfAsync($"http://{host}:{scene.Server.Address.Port}", allowPrivateNetworks: false));
        Assert.Null(await FailureOfAsync($"http://{host}:{scene.Server.Address.Port}", allowPrivateNetworks: true));
        Assert.Single(scene.Server.Requests);
    }

    [Theory]
    [InlineData("http://169.254.169.254")]
    [InlineData("http://[fd00:ec2::254]")]
    [InlineData("http://0xa9fea9fe")]
    public async Task Client_MetadataAddress_IsRefusedEvenWhenPrivateNetworksAreAllowed(string address) =>
        Assert.Equal(SentryFailureKind.ForbiddenAddress, await FailureOfAsync(address, allowPrivateNetworks: true));

    private static async Task<SentryFailureKind?> FailureOfAsync(string address, bool allowPrivateNetworks)
    {
        using var client = Scene.ClientAt(address, allowPrivateNetworks);
        try
        {
            await client.Root.GetApiIndexAsync();
            return null;
        }
        catch (SentryException failure)
        {
            return failure.Kind;
        }
    }
}
