using Spectre.Console;

namespace Watchbill.Cli.Output;

/// <summary>A Spectre console over one of our streams.</summary>
internal static class SpectreConsole
{
    public static IAnsiConsole Create(TextWriter writer, int width, bool interactive)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = interactive ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = interactive ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = interactive ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        return console;
    }
}
