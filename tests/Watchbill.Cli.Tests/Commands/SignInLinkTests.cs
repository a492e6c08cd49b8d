using Microsoft.Extensions.DependencyInjection;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.SecondFactors;
using Watchbill.People.SigningIn;
using Watchbill.Server.Testing;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>The way in for whom nothing else lets in, from the machine that holds the database.</summary>
public sealed class SignInLinkTests
{
    private static readonly Visitor Here = new("127.0.0.1", "Test");

    [Fact]
    public async Task A_link_signs_in_once_and_a_mistyped_address_makes_no_account()
    {
        using var line = new CommandLine();
        Assert.Equal(ExitCode.NotFound, (await line.RunAsync("sign-in-link", "root@example.com")).ExitCode);
        var made = await line.RunAsync("sign-in-link", "root@example.com", "--new", "Robin Root", "--public-address", "https://watchbill.example.com");
        Assert.True(made.ExitCode is ExitCode.Ok, made.All);
        Assert.Matches("^https://watchbill.example.com/sign-in/link/[0-9A-Za-z]{43}\n$", made.Output);

        Assert.Equal(ExitCode.NotFound, (await line.RunAsync("sign-in-link", "roo@example.com")).ExitCode);
        var again = await line.RunAsync("sign-in-link", "ROOT@example.com");
        Assert.StartsWith("http://127.0.0.1:8484/sign-in/link/", again.Output, StringComparison.Ordinal);

        await using var product = Open(line);
        var links = product.GetRequiredService<SignInLink>();
        Assert.Equal("link-not-good", (await links.LookAsync(SecretOf(made), default)).Refusal?.Code);
        Assert.Equal("Robin Root", ServedPeople.Must(await links.RunAsync(SecretOf(again), Here, default)).Account.Name);
        Assert.Equal("link-not-good", (await links.RunAsync(SecretOf(again), Here, default)).Refusal?.Code);
        Assert.Equal(1, ServedPeople.Must(await product.GetRequiredService<AccountQueries>().ListAsync(new AccountFilter(), ServedPeople.Operator, default)).Total);
    }

    [Fact]
    public async Task It_removes_a_second_factor_only_where_that_is_asked_for()
    {
        using var line = new CommandLine();
        await line.RunAsync("sign-in-link", "root@example.com", "--new", "Robin Root");
        await using var product = Open(line);
        var account = await SetUpAsync(product);

        Assert.Equal(ExitCode.Ok, (await line.RunAsync("sign-in-link", "root@example.com")).ExitCode);
        Assert.NotNull(await SinceAsync(product, account));
        var removed = await line.RunAsync("sign-in-link", "root@example.com", "--remove-second-factor");
        Assert.Contains("was removed", removed.Error, StringComparison.Ordinal);
        Assert.Null(await SinceAsync(product, account));
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("sign-in-link", "root@example.com", "--remove-second-factor")).ExitCode);
    }

    private static async Task<AccountId> SetUpAsync(ServiceProvider product)
    {
        var reset = product.GetRequiredService<PasswordReset>();
        var account = ServedPeople.Must(await product.GetRequiredService<AccountQueries>().ListAsync(new AccountFilter(), ServedPeople.Operator, default)).Items[0].Id;
        var link = ServedPeople.Must(await reset.IssueAsync(account, ServedPeople.Operator, default));
        var entered = ServedPeople.Must(await reset.CompleteAsync(ServedPeople.SecretOf(link.Address), ServedPeople.Password, Here, default));
        var signedIn = ((Entered.In)entered).SignedIn;
        var caller = (await product.GetRequiredService<Sessions>().FindAsync(signedIn.Token, null, default))!.Caller;
        var manage = product.GetRequiredService<ManageSecondFactor>();
        var begun = ServedPeople.Must(await manage.BeginAsync(caller, default));
        ServedPeople.Must(await manage.ConfirmAsync(AuthenticatorApp.CodeAt(begun.Secret, TimeProvider.System.GetUtcNow()), signedIn.Session.Id, caller, default));
        return account;
    }

    private static async Task<DateTimeOffset?> SinceAsync(ServiceProvider product, AccountId account) =>
        ServedPeople.Must(await product.GetRequiredService<ManageSecondFactor>().FindAsync(account, ServedPeople.Operator, default)).Since;

    private static ServiceProvider Open(CommandLine line) => new ServiceCollection()
        .AddWatchbill(DatabaseAddress.Parse($"sqlite:{line.DatabaseFile}"), Path.ChangeExtension(line.DatabaseFile, ".keys")).BuildServiceProvider();

    private static string SecretOf(Finished finished) => finished.Output.TrimEnd().Split('/')[^1];
}
