using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Watchbill.Testing;

/// <summary>
/// A mail server on a free port of loopback that keeps what it is given. It speaks as much SMTP as a client needs, in clear, and refuses or breaks off
/// when told to.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<SunkMail> _mails = new();
    private readonly ConcurrentBag<Task> _conversations = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Task _accepting;

    /// <summary>Starts it.</summary>
    public SmtpSink()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it took over so far, in order.</summary>
    public IReadOnlyList<SunkMail> Mails => [.. _mails];

    /// <summary>What it answers to a recipient, for example <c>550 no such person</c>; null takes it.</summary>
    public Func<string, string?> AnswerRecipient { get; set; } = static _ => null;

    /// <summary>What it answers when somebody connects; null greets. Something else than 220 sends them away.</summary>
    public string? Greeting { get; set; }

    /// <summary>How often somebody connected.</summary>
    public int Connections { get; private set; }

    /// <summary>Waits until one more mail has come.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    public async Task WaitAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!await _arrived.WaitAsync(patience, cancellationToken))
        {
            throw new TimeoutException("No mail came.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_conversations);
        _listener.Dispose();
        _arrived.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                _conversations.Add(TalkAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                using var conversation = new Conversation(client.GetStream(), this);
                await conversation.RunAsync(_stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Stopped, or the client went away.
        }
    }

    private sealed class Conversation(Stream stream, SmtpSink sink) : IDisposable
    {
        private readonly StreamReader _reader = new(stream, Encoding.Latin1);
        private readonly StreamWriter _writer = new(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        private readonly List<string> _recipients = [];
        private string _from = "";

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            var greeting = sink.Greeting ?? "220 sink.example.com ESMTP";
            await SayAsync(greeting);
            while (greeting.StartsWith("220", StringComparison.Ordinal) && await _reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
                {
                    await SayAsync("221 bye");
                    return;
                }

                await AnswerAsync(line, cancellationToken);
            }
        }

        public void Dispose()
        {
            _reader.Dispose();
            _writer.Dispose();
        }

        private async Task AnswerAsync(string line, CancellationToken cancellationToken)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync("250-sink.example.com");
                    await SayAsync("250 8BITMIME");
                    break;
                case "MAIL":
                    _from = Between(line);
                    _recipients.Clear();
                    await SayAsync("250 ok");
                    break;
                case "RCPT":
                    await TakeRecipientAsync(Between(line));
                    break;
                case "DATA":
                    await SayAsync("354 go on");
                    sink._mails.Enqueue(new SunkMail(_from, [.. _recipients], await ReadMessageAsync(cancellationToken)));
                    await SayAsync("250 taken");
                    sink._arrived.Release();
                    break;
                default:
                    await SayAsync("250 ok");
                    break;
            }
        }

        private async Task TakeRecipientAsync(string recipient)
        {
            var refused = sink.AnswerRecipient(recipient);
            if (refused is null)
            {
                _recipients.Add(recipient);
            }

            await SayAsync(refused ?? "250 ok");
        }

        private async Task<string> ReadMessageAsync(CancellationToken cancellationToken)
        {
            var message = new StringBuilder();
            while (await _reader.ReadLineAsync(cancellationToken) is { } line && line != ".")
            {
                message.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append('\n');
            }

            return message.ToString();
        }

        private Task SayAsync(string line) => _writer.WriteLineAsync(line);

        private static string Between(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
    }
}

/// <summary>A mail as the server got it.</summary>
/// <param name="From">The envelope's sender.</param>
/// <param name="To">The envelope's recipients.</param>
/// <param name="Message">Headers and body as they came.</param>
public sealed record SunkMail(string From, IReadOnlyList<string> To, string Message);
