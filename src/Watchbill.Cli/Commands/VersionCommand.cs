using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill version</c></summary>
internal static class VersionCommand
{
    public static Command Create(CommandHost host) => host.Handle(new DocumentedCommand("version", "Say which version this is"), static (context, _) =>
    {
        context.Terminal.Output.WriteLine($"watchbill {Number} on {RuntimeInformation.FrameworkDescription}");
        return Task.FromResult(ExitCode.Ok);
    });

    private static string Number => typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
