using System.Text;

namespace Watchbill.Cli;

/// <summary>Everything a command knows of the outside: streams, environment, clock. Data goes to Output, everything else to Error.</summary>
internal sealed class Terminal
{
    private const int WidthWhenRedirected = 100_000;

    /// <summary>Where answers to questions come from.</summary>
    public required TextReader Input { get; init; }

    /// <summary>Where data goes.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Where progress, warnings and errors go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>A person can be asked.</summary>
    public bool InputIsInteractive { get; init; }

    /// <summary>A person reads Output now: tables are fitted to the width and may be coloured.</summary>
    public bool OutputIsInteractive { get; init; }

    /// <summary>A person reads Error now: progress may be drawn.</summary>
    public bool ErrorIsInteractive { get; init; }

    /// <summary>Columns to fit tables into; practically endless when Output is a file or a pipe.</summary>
    public int Width { get; init; } = WidthWhenRedirected;

    /// <summary>Reads an environment variable; null when it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>All environment variables.</summary>
    public Func<IEnumerable<KeyValuePair<string, string?>>> Variables { get; init; } = static () => [];

    /// <summary>What the person types to start Watchbill.</summary>
    public string ProgramName => Variable("WATCHBILL_PROGRAM") is { Length: > 0 } name ? name : "watchbill";

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Terminal
        {
            // Console.In would set the terminal up for editing lines and write escape sequences to it.
            Input = new StreamReader(System.Console.OpenStandardInput(), utf8),
            Output = new StreamWriter(System.Console.OpenStandardOutput(), utf8, bufferSize: 16 * 1024) { AutoFlush = !System.Console.IsOutputRedirected },
            Error = new StreamWriter(System.Console.OpenStandardError(), utf8) { AutoFlush = true },
            InputIsInteractive = !System.Console.IsInputRedirected,
            OutputIsInteractive = !System.Console.IsOutputRedirected,
            ErrorIsInteractive = !System.Console.IsErrorRedirected,
            Width = WidthOfProcess(),
            Variable = Environment.GetEnvironmentVariable,
            Variables = static () => Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(static entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value)),
        };
    }

    /// <summary>Asks for a secret without showing what is typed.</summary>
    /// <remarks>Only when <see cref="InputIsInteractive"/>; it reads the terminal, not <see cref="Input"/>.</remarks>
    public Task<string> AskSecretAsync(string question, CancellationToken cancellationToken) => HiddenLine.AskAsync(question, Error, cancellationToken);

    private static int WidthOfProcess()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns is >= 20 and <= 10_000)
        {
            return columns;
        }

        return System.Console.IsOutputRedirected ? WidthWhenRedirected : Math.Max(20, System.Console.WindowWidth);
    }
}
