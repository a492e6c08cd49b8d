using System.CommandLine;
using Watchbill.Access.Queries;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Cli.Places;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary>What all lists have: an instant, a part of the name, and a limit that says what it left out.</summary>
internal sealed class ListOptions(CommandHost host)
{
    private readonly Option<int?> _limit = Numbers.OptionalWhole("--limit", "Show at most so many lines [default: all]", (1, 1_000_000));
    private readonly Option<string?> _text = Names.Text("--text", "Only what holds this in its name, slug or address", "text");
    private readonly Option<DateTimeOffset?> _at = Moments.CreateOption(host.Terminal.Clock);

    public void AddTo(Command command)
    {
        command.Add(_text);
        command.Add(_limit);
        command.Add(_at);
    }

    public string? Text(CommandContext context) => context.Value(_text);

    public ListQuestion<TFilter> Question<TFilter>(ConnectorId connector, TFilter filter, CommandContext context) =>
        new(connector, filter, context.Value(_limit) is { } limit ? new PageRequest(0, limit) : PageRequest.All, context.Value(_at));

    /// <summary>The list as a sheet; says on it when lines were left out.</summary>
    public static Sheet<T> SheetOf<T>(Answer<Page<T>> answer, IReadOnlyList<Column<T>> columns, string noun, string? many = null)
    {
        var page = answer.Value;
        var shown = page.Items.Count < page.Total ? $" (the first {page.Items.Count:N0} are shown)" : "";
        return new Sheet<T>(columns, page.Items)
        {
            Headline = $"{Listing.Count(page.Total, noun, many)}{shown}.",
            Standing = Standings.Of(answer),
            About = [("total", page.Total)],
        };
    }
}
