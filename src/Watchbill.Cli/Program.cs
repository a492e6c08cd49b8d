using System.Runtime.InteropServices;

namespace Watchbill.Cli;

/// <summary>The entry point of <c>watchbill</c>. Tests call <see cref="RunAsync"/> with a terminal of their own.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        using var cancellation = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        var terminal = Terminal.OfProcess();
        var exitCode = await RunAsync(args, terminal, cancellation.Token);
        await terminal.Output.FlushAsync(CancellationToken.None);
        return (int)exitCode;

        // The first signal asks for a clean end; the second one is the operating system's to answer.
        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = !cancellation.IsCancellationRequested;
            cancellation.Cancel();
        }
    }

    /// <summary>Runs one command line to its end. Never throws for bad input, a refusal, a bug or a cancellation.</summary>
    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken)
    {
        var failures = new Failures(terminal);
        try
        {
            var tree = new CommandTree(terminal, args);
            var parsed = tree.Parse(args);
            failures.Verbose = tree.Global.IsVerbose(parsed);
            return await tree.InvokeAsync(parsed, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return failures.Cancelled();
        }
        catch (Exception exception)
        {
            return failures.Explain(exception);
        }
    }
}
