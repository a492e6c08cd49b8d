using System.Diagnostics;
using System.Net;

namespace Watchbill.Bench;

/// <summary>A published server in a process of its own, and a signed-in reader of its pages.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _reader;
    private readonly string _session;
    private readonly Stopwatch _clock;

    private ServedProcess(Process process, HttpClient reader, string session, Stopwatch clock)
    {
        _process = process;
        _reader = reader;
        _session = session;
        _clock = clock;
    }

    /// <summary>How long ago it was started.</summary>
    public TimeSpan SinceStart => _clock.Elapsed;

    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    public static async Task<ServedProcess> StartAsync(BenchOptions options, Workspace workspace, string session, CancellationToken cancellationToken)
    {
        var start = CommandLine.Start(options, workspace, "serve", "--no-evidence", "--listen", "http://127.0.0.1:0");
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, told) =>
        {
            // What the server calls wrong must not be lost behind a figure.
            if (told.Data is { } logged && (logged.Contains("fail:", StringComparison.Ordinal) || logged.Contains("warn:", StringComparison.Ordinal) || logged.Contains("Exception", StringComparison.Ordinal)))
            {
                Console.Error.WriteLine($"    server: {logged}");
            }
        };
        process.BeginErrorReadLine();
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The server said nothing.");
        var address = new Uri(line.Split(' ').First(static word => word.StartsWith("http", StringComparison.Ordinal)));
        var reader = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = address };
        return new ServedProcess(process, reader, session, clock);
    }

    /// <summary>Asks for a page, which must come.</summary>
    public Task<Answered> AskAsync(Ask ask, CancellationToken cancellationToken) => AskAsync(ask, _session, cancellationToken);

    /// <summary>The same, as somebody else.</summary>
    public async Task<Answered> AskAsync(Ask ask, string session, CancellationToken cancellationToken)
    {
        var (at, clock) = (SinceStart, Stopwatch.StartNew());
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(ask.Path, UriKind.Relative));
        request.Headers.Add("Cookie", $"watchbill_session={session}");
        using var answer = await _reader.SendAsync(request, cancellationToken);
        var bytes = (await answer.Content.ReadAsByteArrayAsync(cancellationToken)).LongLength;
        return answer.StatusCode is HttpStatusCode.OK
            ? new Answered(ask, at, clock.Elapsed, bytes)
            : throw new InvalidOperationException($"{ask.Path} answered {(int)answer.StatusCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
