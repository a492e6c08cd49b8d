using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Passwords;
using Watchbill.People.SigningIn;
using Watchbill.Testing;
using static Watchbill.Tests.People.PeopleScene;

namespace Watchbill.Tests.People;

/// <summary>Passwords that were stolen somewhere cannot be chosen, where the operator keeps a file of them.</summary>
public sealed class BreachedPasswordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(1, "\r\n", ":17")]
    [InlineData(2, "\n", "")]
    [InlineData(1000, "\r\n", ":1234567890")]
    [InlineData(1001, "\n", ":3")]
    public void Every_password_of_the_file_is_found_and_no_other(int count, string end, string tail)
    {
        var known = Enumerable.Range(0, count).Select(static number => $"stolen password number {number}").ToList();
        var file = Write(known, end, tail);
        var breached = new BreachedPasswords(BreachedPasswordOptions.Read(Setting(file)));

        Assert.All(known, password => Assert.Equal("password-breached", breached.Refuse(password)?.Code));
        Assert.All(known, password => Assert.Null(breached.Refuse(password + " and something of my own")));
    }

    [Fact]
    public void A_last_line_without_an_end_is_found_and_a_line_that_is_cut_off_breaks_nothing()
    {
        var known = new[] { "one stolen password", "another stolen password", "a third stolen password" };
        var file = Write(known, "\n", "");
        File.WriteAllText(file, File.ReadAllText(file).TrimEnd('\n'));
        var breached = new BreachedPasswords(new BreachedPasswordOptions(file));
        Assert.All(known, password => Assert.Equal("password-breached", breached.Refuse(password)?.Code));

        File.WriteAllText(file, File.ReadAllText(file)[..^7]);
        Assert.Equal(2, known.Count(password => breached.Refuse(password) is not null));
    }

    [Fact]
    public async Task It_cannot_be_chosen_and_while_the_file_cannot_be_read_none_can()
    {
        var file = Write(["forty stolen green bicycles", Password + " again"], "\r\n", ":2");
        await using var scene = await StartAsync(TestEngine.Sqlite, configure: services => services.AddSingleton(new BreachedPasswordOptions(file)));
        var signedIn = await scene.SetUpAsync();
        var caller = await scene.CallerAsync(signedIn);

        Assert.Equal("password-breached", (await ChangeAsync("forty stolen green bicycles")).Refusal?.Code);
        File.Delete(file);
        Assert.Equal("breached-passwords-unreadable", (await ChangeAsync("thirty bought green bicycles")).Refusal?.Code);
        Assert.True((await scene.SignInAsync("root@example.com")).Succeeded);

        Task<Result<Account>> ChangeAsync(string password) => scene.Get<ChangePassword>().RunAsync(new ChangePasswordInput(Password, password, signedIn.Session.Id), caller, default);
    }

    [Fact]
    public void A_file_that_is_not_there_or_is_something_else_is_said_when_the_server_starts()
    {
        var other = Path.Combine(_folder.Path, "other.txt");
        File.WriteAllText(other, "correct horse battery staple\n");

        Assert.Contains("SHA-1", Assert.Throws<BreachedPasswordSettingsException>(() => BreachedPasswordOptions.Read(Setting(other))).Message, StringComparison.Ordinal);
        Assert.Contains("nowhere.txt", Assert.Throws<BreachedPasswordSettingsException>(() => BreachedPasswordOptions.Read(Setting(Path.Combine(_folder.Path, "nowhere.txt")))).Message, StringComparison.Ordinal);
        Assert.Null(BreachedPasswordOptions.Read(new Dictionary<string, string?>()).File);
    }

    public void Dispose() => _folder.Dispose();

    private static Dictionary<string, string?> Setting(string file) => new() { ["BREACHED_PASSWORDS_FILE"] = file };

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "It is what such files hold.")]
    private string Write(IReadOnlyCollection<string> passwords, string end, string tail)
    {
        var file = Path.Combine(_folder.Path, "breached.txt");
        var digests = passwords.Select(static password => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)))).Order(StringComparer.Ordinal);
        File.WriteAllText(file, string.Concat(digests.Select(digest => digest + tail + end)));
        return file;
    }
}
