using System.Diagnostics;
using System.Text;

namespace Watchbill.Cli;

/// <summary>
/// Reads a line from the terminal while its echo is off from the first character to the last. The runtime's own key reading turns the
/// echo off only during each read: what is pasted arrives in between and would be shown.
/// </summary>
internal static class HiddenLine
{
    private const string TerminalDevice = "/dev/tty";

    /// <summary>Turns the echo off, asks, reads one line; Ctrl-C cancels.</summary>
    /// <exception cref="BadInputException">The echo cannot be turned off here.</exception>
    public static async Task<string> AskAsync(string question, TextWriter screen, CancellationToken cancellationToken)
    {
        await SetEchoAsync(on: false, cancellationToken);
        try
        {
            await screen.WriteAsync(question);

            // The read itself cannot be interrupted; the process ends over it.
            return await Task.Run(ReadLine, cancellationToken).WaitAsync(cancellationToken);
        }
        finally
        {
            await SetEchoAsync(on: true, CancellationToken.None);
            await screen.WriteLineAsync();
        }
    }

    private static string ReadLine()
    {
        using var terminal = new FileStream(TerminalDevice, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
        var typed = new MemoryStream();
        for (var next = terminal.ReadByte(); next is not (-1 or '\n' or '\r'); next = terminal.ReadByte())
        {
            typed.WriteByte((byte)next);
        }

        return Encoding.UTF8.GetString(typed.GetBuffer(), 0, (int)typed.Length);
    }

    private static async Task SetEchoAsync(bool on, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"stty {(on ? "echo" : "-echo")} < {TerminalDevice}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0 && !on)
        {
            throw new BadInputException("This terminal cannot hide what you type. Use --token-file PATH instead.");
        }
    }
}
