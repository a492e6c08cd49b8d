using System.Diagnostics;

namespace Watchbill.Bench;

/// <summary>This program, to be started once more.</summary>
internal static class Self
{
    public static ProcessStartInfo Start(params string[] arguments) => Dotnet([typeof(Self).Assembly.Location, .. arguments]);

    /// <summary>The dotnet that runs this process runs the others too.</summary>
    public static ProcessStartInfo Dotnet(IEnumerable<string> arguments) =>
        new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath!, arguments) { UseShellExecute = false };
}
