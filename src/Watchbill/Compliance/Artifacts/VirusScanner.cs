using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Watchbill.Kernel;

namespace Watchbill.Compliance.Artifacts;

/// <summary>
/// Shows files to ClamAV's daemon (clamd(8), <c>INSTREAM</c>) before they are kept. Where one is set up and does not answer, nothing is kept: a file that nobody looked at would look like one that
/// was found clean.
/// </summary>
internal sealed class VirusScanner(VirusScanOptions options, TimeProvider clock)
{
    private const int LongestAnswer = 4096;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly byte[] Command = "zINSTREAM\0"u8.ToArray();

    /// <summary>Why a file is not kept; null when it can be.</summary>
    public async Task<Refusal?> RefuseAsync(byte[] content, CancellationToken cancellationToken)
    {
        if (options.Scanner is not { } scanner)
        {
            return null;
        }

        using var late = new CancellationTokenSource(Longest, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return Judge(await AskAsync(scanner, content, stop.Token));
        }
        catch (Exception failure) when (failure is SocketException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return ComplianceRefusals.ScannerSilent();
        }
    }

    /// <summary>The answer is <c>stream: OK</c>, <c>stream: NAME FOUND</c> or something that ends in <c>ERROR</c>, its own limit of sizes for instance.</summary>
    private static Refusal? Judge(string answer) =>
        answer == "stream: OK" ? null
        : answer.StartsWith("stream: ", StringComparison.Ordinal) && answer.EndsWith(" FOUND", StringComparison.Ordinal) ? ComplianceRefusals.VirusFound(NameIn(answer))
        : ComplianceRefusals.ScannerSilent();

    /// <summary>The scanner's name for it, as far as it can be shown.</summary>
    private static string NameIn(string answer) => string.Concat(answer["stream: ".Length..^" FOUND".Length].Where(static letter => !char.IsControl(letter)).Take(100));

    private static async Task<string> AskAsync(Uri scanner, byte[] content, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(scanner.Host, scanner.Port, cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Command, cancellationToken);

        // One part with its length before it, then one without anything, which ends the file.
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        await stream.WriteAsync(length, cancellationToken);
        await stream.WriteAsync(content, cancellationToken);
        await stream.WriteAsync(new byte[sizeof(int)], cancellationToken);
        await stream.FlushAsync(cancellationToken);
        return await ReadAsync(stream, cancellationToken);
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var answer = new byte[LongestAnswer];
        var length = 0;
        while (length < answer.Length && await stream.ReadAsync(answer.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
            if (answer.AsSpan(0, length).IndexOf((byte)0) is >= 0 and var end)
            {
                return Encoding.UTF8.GetString(answer, 0, end);
            }
        }

        throw new IOException("The scanner's answer has no end.");
    }
}
