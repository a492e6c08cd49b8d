using System.CommandLine;
using Watchbill.Cli.Input;

namespace Watchbill.Cli.Commands;

/// <summary>What it takes to reach an organization: where, which, and with what token.</summary>
internal sealed class SentryOptions
{
    private readonly Option<string> _address = new Option<string>("--address")
    {
        Description = "Where Sentry is: sentry.io, de.sentry.io, or the address of a self-hosted one [default: sentry.io]",
        HelpName = "host or URL",
        DefaultValueFactory = _ => "sentry.io",
    }.WithText("address", TextRules.LongText);

    private readonly Option<string> _organization = new Option<string>("--organization")
    {
        Description = "The organization's slug: the part after /organizations/ in the browser's address bar",
        HelpName = "slug",
        Required = true,
    }.WithText("organization slug", TextRules.Name);

    private readonly Option<bool> _private = new("--allow-private-networks")
    {
        Description = "Allow loopback and private address ranges, for a Sentry in your own network",
    };

    private readonly TokenSource _token;

    public SentryOptions(Command command)
    {
        command.Add(_address);
        command.Add(_organization);
        _token = new TokenSource(command);
        command.Add(_private);
    }

    public string Address(CommandContext context) => context.Value(_address)!;

    public string Organization(CommandContext context) => context.Value(_organization)!;

    public bool AllowPrivateNetworks(CommandContext context) => context.Value(_private);

    public Task<string> ReadTokenAsync(CommandContext context, CancellationToken cancellationToken) => _token.ReadAsync(context, cancellationToken);
}
