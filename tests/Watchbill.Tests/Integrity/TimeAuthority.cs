using Microsoft.AspNetCore.Http;
using Watchbill.Integrity.Timestamps;
using Watchbill.Testing;

namespace Watchbill.Tests.Integrity;

/// <summary>A time authority on this machine: <c>openssl ts</c> behind HTTP, with a certificate of its own.</summary>
internal sealed class TimeAuthority : IAsyncDisposable
{
    private const string OpenSsl = "/usr/bin/openssl";

    private const string Settings = """
        [tsa]
        default_tsa = here
        [here]
        serial = serial
        signer_cert = tsa.pem
        certs = ca.pem
        signer_key = tsa.key
        signer_digest = sha256
        default_policy = 1.2.3.4.1
        digests = sha256
        ess_cert_id_alg = sha256
        """;

    private readonly TemporaryFolder _folder = new();
    private ScriptedServer? _server;

    private TimeAuthority()
    {
    }

    public static bool IsHere => File.Exists(OpenSsl);

    public Uri Address => _server!.Address;

    public string CertificatesPem => File.ReadAllText(Path.Combine(_folder.Path, "ca.pem"));

    public TimestampOptions Options => new() { Authority = Address, CertificatesPem = CertificatesPem, Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>What it answers instead of a token; null for a token.</summary>
    public Func<byte[], byte[], (int Status, byte[] Body)>? Instead { get; set; }

    public int Asked => _server!.Requests.Count;

    public static async Task<TimeAuthority> StartAsync()
    {
        var authority = new TimeAuthority();
        await File.WriteAllTextAsync(authority.In("ts.cnf"), Settings);
        await File.WriteAllTextAsync(authority.In("serial"), "01\n");
        await File.WriteAllTextAsync(authority.In("use.cnf"), "extendedKeyUsage=critical,timeStamping\n");
        await authority.RunAsync("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=Example CA");
        await authority.RunAsync("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Example Time Authority");
        await authority.RunAsync("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30", "-extfile", "use.cnf", "-out", "tsa.pem");
        authority._server = await ScriptedServer.StartAsync(authority.AnswerAsync);
        return authority;
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _folder.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var query = new MemoryStream();
        await context.Request.Body.CopyToAsync(query);
        await File.WriteAllBytesAsync(In("query"), query.ToArray());
        await RunAsync("ts", "-reply", "-config", "ts.cnf", "-section", "here", "-queryfile", "query", "-out", "reply");
        var reply = await File.ReadAllBytesAsync(In("reply"));
        var (status, body) = Instead?.Invoke(query.ToArray(), reply) ?? (200, reply);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/timestamp-reply";
        await context.Response.Body.WriteAsync(body);
    }

    private string In(string name) => Path.Combine(_folder.Path, name);

    private async Task RunAsync(params string[] arguments)
    {
        var (code, said) = await Tool.RunAsync(OpenSsl, arguments, _folder.Path);
        Assert.True(code == 0, said);
    }
}
