using System.Globalization;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Watchbill.Terraform.Protocol;

namespace Watchbill.Terraform;

/// <summary>
/// The process that Terraform starts. One line on standard output says where it answers and shows its certificate; host and provider trust each other's certificate and no other, for this run
/// (HashiCorp's go-plugin, core protocol 1).
/// </summary>
internal static class Program
{
    private const string CookieVariable = "TF_PLUGIN_MAGIC_COOKIE";
    private const string Cookie = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
    private const string VersionsVariable = "PLUGIN_PROTOCOL_VERSIONS";
    private const string ClientVariable = "PLUGIN_CLIENT_CERT";
    private const string Protocol = "6";

    public static async Task<int> Main()
    {
        if (Environment.GetEnvironmentVariable(CookieVariable) != Cookie)
        {
            await Console.Error.WriteLineAsync("This is a Terraform provider; Terraform starts it, not you.");
            return 1;
        }

        if (Environment.GetEnvironmentVariable(VersionsVariable) is { Length: > 0 } versions && !versions.Split(',').Contains(Protocol))
        {
            await Console.Error.WriteLineAsync($"This provider speaks protocol {Protocol}; the host speaks {versions}. Use Terraform 1.0 or newer, or OpenTofu.");
            return 1;
        }

        using var certificate = Certificate();
        await using var app = Build(certificate);
        await app.StartAsync();
        var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        var shown = Convert.ToBase64String(certificate.RawData).TrimEnd('=');
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"1|{Protocol}|tcp|127.0.0.1:{port}|grpc|{shown}"));
        await Console.Out.FlushAsync();
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static WebApplication Build(X509Certificate2 certificate)
    {
        var client = Environment.GetEnvironmentVariable(ClientVariable) is { Length: > 0 } pem ? X509Certificate2.CreateFromPem(pem) : null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate,
                SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ClientCertificateMode = client is null ? ClientCertificateMode.NoCertificate : ClientCertificateMode.RequireCertificate,
                ClientCertificateValidation = (shown, _, _) => client is not null && shown.RawData.AsSpan().SequenceEqual(client.RawData),
            });
        }));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<ProviderService>();
        var app = builder.Build();
        app.MapGrpcService<ProviderService>();
        app.MapGrpcService<Controller>();
        return app;
    }

    /// <summary>A certificate for this run. The host trusts it alone, so it is its own authority.</summary>
    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.KeyAgreement, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddMinutes(-5), now.AddDays(7));

        // A key that was only made is not one that every platform serves with.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <summary>Ends the process when the host says so.</summary>
    private sealed class Controller(IHostApplicationLifetime lifetime) : GRPCController.GRPCControllerBase
    {
        public override Task<Nothing> Shutdown(Nothing request, ServerCallContext context)
        {
            lifetime.StopApplication();
            return Task.FromResult(new Nothing());
        }
    }
}
