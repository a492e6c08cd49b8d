using System.Diagnostics;
using System.Net.Security;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using Watchbill.Terraform.Protocol;

// File modes are tested, which Windows does not have.
[assembly: UnsupportedOSPlatform("windows")]

namespace Watchbill.Terraform.Tests;

/// <summary>The provider as a process of its own, spoken to as Terraform does: handshake, certificates for this run, gRPC.</summary>
internal sealed class ProviderProcess : IAsyncDisposable
{
    private const string Cookie = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

    private readonly Process _process;
    private readonly X509Certificate2 _own;
    private GrpcChannel _channel = null!;

    private ProviderProcess(Process process, X509Certificate2 own)
    {
        _process = process;
        _own = own;
    }

    /// <summary>Where the provider is.</summary>
    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "terraform-provider-watchbill.dll");

    /// <summary>Its methods.</summary>
    public Provider.ProviderClient Client { get; private set; } = null!;

    /// <summary>What it said in its handshake.</summary>
    public string Handshake { get; private set; } = "";

    /// <summary>Starts one.</summary>
    public static async Task<ProviderProcess> StartAsync()
    {
        var own = Certificate();
        var process = Start(Cookie, "5,6", own.ExportCertificatePem());
        var provider = new ProviderProcess(process, own) { Handshake = await process.StandardOutput.ReadLineAsync() ?? await process.StandardError.ReadToEndAsync() };
        provider._channel = provider.Dial(own);
        provider.Client = new Provider.ProviderClient(provider._channel);
        return provider;
    }

    /// <summary>Starts the process alone.</summary>
    public static Process Start(string? cookie, string versions, string? clientCertificate)
    {
        var start = new ProcessStartInfo("dotnet", [Path]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TF_PLUGIN_MAGIC_COOKIE"] = cookie;
        start.Environment["PLUGIN_PROTOCOL_VERSIONS"] = versions;
        start.Environment["PLUGIN_CLIENT_CERT"] = clientCertificate;
        start.Environment.Remove("WATCHBILL_SERVER");
        start.Environment.Remove("WATCHBILL_TOKEN");
        return Process.Start(start)!;
    }

    /// <summary>Connects with a certificate; trusts the one of the handshake and no other.</summary>
    public GrpcChannel Dial(X509Certificate2 own)
    {
        var parts = Handshake.Split('|');
        var expected = Convert.FromBase64String(parts[5].PadRight(parts[5].Length + ((4 - (parts[5].Length % 4)) % 4), '='));
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [own],
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetRawCertData().AsSpan().SequenceEqual(expected),
            },
        };
        return GrpcChannel.ForAddress($"https://{parts[3]}", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    /// <summary>A certificate of somebody's own.</summary>
    public static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <summary>Tells it to end, as the host does.</summary>
    public async Task<int> ShutdownAsync()
    {
        await new GRPCController.GRPCControllerClient(_channel).ShutdownAsync(new Nothing());
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _own.Dispose();
    }
}
