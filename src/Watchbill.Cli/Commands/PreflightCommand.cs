using System.CommandLine;
using Watchbill.Connectors.Preflight;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill preflight</c>: tries a connection out and saves nothing.</summary>
internal sealed class PreflightCommand(SentryOptions options)
{
    public static Command Create(CommandHost host)
    {
        var command = new DocumentedCommand("preflight", "Try a connection out: what works, what does not, and what to do about it; saves nothing")
        {
            Examples = ["./watchbill preflight --organization acme --token-file token.txt", "./watchbill preflight --address https://sentry.example.com --organization acme"],
        };
        return host.Handle(command, new PreflightCommand(new SentryOptions(command)).RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var token = await options.ReadTokenAsync(context, cancellationToken);
        var request = new PreflightRequest(options.Address(context), options.Organization(context), token, options.AllowPrivateNetworks(context));
        context.UseNoDatabase();
        var report = await context.Watchbill.PreflightAsync(request, cancellationToken);
        if (!report.Succeeded)
        {
            return context.Refuse(report.Refusal!);
        }

        PreflightPage.Print(report.Value, context);
        return report.Value.CanConnect ? ExitCode.Ok : ExitCode.SentryFailed;
    }
}
