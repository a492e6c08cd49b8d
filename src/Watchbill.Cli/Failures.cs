using Watchbill.Cli.Output;
using Watchbill.Cli.Places;
using Watchbill.Contracts.Client;
using Watchbill.Storage;

namespace Watchbill.Cli;

/// <summary>Says in one sentence what went wrong when a command ended by an exception. Stack traces only when asked for.</summary>
internal sealed class Failures(Terminal terminal)
{
    /// <summary>Whether the whole exception is shown.</summary>
    public bool Verbose { get; set; }

    public ExitCode Cancelled()
    {
        terminal.Error.WriteLine("Cancelled.");
        return ExitCode.Cancelled;
    }

    public ExitCode Explain(Exception exception)
    {
        terminal.Error.WriteLine(PrintableText.Of(Sentence(exception)));
        if (Verbose)
        {
            terminal.Error.WriteLine(PrintableText.Block(exception.ToString()));
        }

        return exception switch
        {
            BadInputException => ExitCode.BadInput,
            NothingThereException => ExitCode.NotFound,
            HttpRequestException => ExitCode.SentryFailed,
            WatchbillApiException refused => ExitCodes.Of(ServerRefusals.Of(refused)),
            _ => ExitCode.Unexpected,
        };
    }

    private static string Sentence(Exception exception) => exception switch
    {
        BadInputException or NothingThereException or DatabaseTooNewException or SecretUnreadableException or WatchbillApiException => exception.Message,
        HttpRequestException unreachable => $"The server cannot be reached: {unreachable.Message.TrimEnd('.')}. Is its address right, and does it run?",
        IOException or UnauthorizedAccessException => exception.Message,
        _ => $"Something unexpected happened ({exception.GetType().Name}). Run it again with --verbose to see where, and report it.",
    };
}

/// <summary>What somebody wrote cannot be used. The message is one sentence: what is wrong and what to do.</summary>
internal sealed class BadInputException(string message) : Exception(message);

/// <summary>What was named does not exist. The message is one sentence: what is missing and what to do.</summary>
internal sealed class NothingThereException(string message) : Exception(message);
