using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.People;
using Watchbill.People.SecondFactors;
using Watchbill.People.SigningIn;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill sign-in-link</c>: lets somebody in whom nothing else lets in any more. Whoever holds the database may do that anyway; this way it is audited.</summary>
internal sealed class SignInLinkCommand
{
    private readonly Argument<string> _address = new Argument<string>("address") { Description = "The e-mail address of the account" }.WithText("address", TextRules.Name);

    private readonly Option<string?> _new = new Option<string?>("--new")
    {
        Description = "Make a Super Administrator with this name where nobody has the address",
        HelpName = "name",
    }.WithText("name", TextRules.Name);

    private readonly Option<bool> _withoutFactor = new("--remove-second-factor") { Description = "Remove the account's second factor too: its app and its recovery codes are lost" };

    private readonly Option<string?> _public = ServeCommand.PublicAddressOption();

    public static Command Create(CommandHost host)
    {
        var self = new SignInLinkCommand();
        var command = new DocumentedCommand("sign-in-link", "Make a link that signs somebody in once, without password and code: for an administrator whom nothing else lets in")
        {
            Examples = ["./watchbill sign-in-link ada@example.com", "./watchbill sign-in-link ada@example.com --remove-second-factor --public-address https://watchbill.example.com"],
        };
        command.Add(self._address);
        command.Add(self._new);
        command.Add(self._withoutFactor);
        command.Add(self._public);
        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.RefuseServer("watchbill sign-in-link");
        var address = context.Value(_address);
        var server = ServeCommand.AddressForPeople(context, _public);
        if (context.Value(_new) is not null)
        {
            context.CreateDatabase();
        }

        var account = (await context.Get<AccountQueries>().FindAsync(address, context.Caller, cancellationToken)).Value;
        if (account is null && context.Value(_new) is null)
        {
            context.Say($"Nobody has the address {address}. With --new NAME an account is made, a Super Administrator's.");
            return ExitCode.NotFound;
        }

        var link = await context.Get<SignInLink>().IssueAsync(context.Value(_new) ?? address, address, context.Caller, cancellationToken);
        if (!link.Succeeded)
        {
            return context.Refuse(link.Refusal!);
        }

        if (account is { SecondFactorSince: not null } && context.Value(_withoutFactor))
        {
            var removed = await context.Get<ManageSecondFactor>().RemoveAsync(account.Id, context.Caller, cancellationToken);
            context.Say(removed.Refusal?.Message ?? "The second factor was removed; its person is told by mail.");
        }

        context.Say("This link signs in once, within a day. Hand it over as you would a password:");
        await context.Terminal.Output.WriteLineAsync(new Uri(server, link.Value.Address.AbsolutePath).AbsoluteUri);
        return ExitCode.Ok;
    }
}
