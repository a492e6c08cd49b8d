using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Watchbill.Compliance.Artifacts;

namespace Watchbill.Tests.Compliance;

/// <summary>Files are shown to ClamAV's daemon before they are kept; the daemon is played over TCP as its manual has it.</summary>
public sealed class VirusScannerTests
{
    private static readonly byte[] File = Encoding.UTF8.GetBytes("who left, and when");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("stream: OK\0", null)]
    [InlineData("stream: Eicar-Test-Signature FOUND\0", "artifact-virus-found")]
    [InlineData("INSTREAM size limit exceeded. ERROR\0", "virus-scanner-silent")]
    [InlineData("stream: OK", "virus-scanner-silent")]
    [InlineData("", "virus-scanner-silent")]
    public async Task A_file_is_kept_only_when_the_scanner_says_that_it_is_clean(string answer, string? refusal)
    {
        using var daemon = new TcpListener(IPAddress.Loopback, 0);
        daemon.Start();
        var asked = AnswerAsync(daemon, Encoding.UTF8.GetBytes(answer));

        var judged = await new VirusScanner(OptionsOf(daemon), TimeProvider.System).RefuseAsync(File, Stop);

        Assert.Equal(refusal, judged?.Code);
        Assert.Equal(File, await asked);
    }

    [Fact]
    public async Task A_scanner_that_is_not_there_or_does_not_answer_lets_nothing_through()
    {
        var clock = new FakeTimeProvider();
        using var daemon = new TcpListener(IPAddress.Loopback, 0);
        daemon.Start();
        var scanner = new VirusScanner(OptionsOf(daemon), clock);
        var judging = scanner.RefuseAsync(File, Stop);
        using (await daemon.AcceptTcpClientAsync(Stop))
        {
            clock.Advance(TimeSpan.FromSeconds(61));
            Assert.Equal("virus-scanner-silent", (await judging)?.Code);
        }

        daemon.Stop();
        Assert.Equal("virus-scanner-silent", (await scanner.RefuseAsync(File, Stop))?.Code);
        Assert.Null(await new VirusScanner(new VirusScanOptions(Scanner: null), clock).RefuseAsync(File, Stop));
    }

    [Theory]
    [InlineData("http://clamav:3310")]
    [InlineData("clamav:3310")]
    [InlineData("tcp://clamav")]
    public void An_address_that_is_none_is_said_when_the_server_starts(string text) =>
        Assert.Contains("tcp://", Assert.Throws<VirusScanSettingsException>(() => VirusScanOptions.Read(new Dictionary<string, string?> { ["VIRUS_SCANNER"] = text })).Message, StringComparison.Ordinal);

    private static VirusScanOptions OptionsOf(TcpListener daemon) =>
        VirusScanOptions.Read(new Dictionary<string, string?> { ["VIRUS_SCANNER"] = $"tcp://127.0.0.1:{((IPEndPoint)daemon.LocalEndpoint).Port}" });

    /// <summary>Takes one file and answers.</summary>
    /// <returns>The file.</returns>
    private static async Task<byte[]> AnswerAsync(TcpListener daemon, byte[] answer)
    {
        using var client = await daemon.AcceptTcpClientAsync(Stop);
        await using var stream = client.GetStream();
        var command = new byte["zINSTREAM\0".Length];
        await stream.ReadExactlyAsync(command, Stop);
        Assert.Equal("zINSTREAM\0", Encoding.UTF8.GetString(command));
        using var file = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length, Stop);
            var part = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
            if (part.Length == 0)
            {
                break;
            }

            await stream.ReadExactlyAsync(part, Stop);
            file.Write(part);
        }

        await stream.WriteAsync(answer, Stop);
        return file.ToArray();
    }
}
