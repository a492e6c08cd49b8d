using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Storage;

public sealed class SecretVaultTests
{
    private const string Secret = "a secret that nobody may read";

    [Fact]
    public void Unprotect_AnotherProcessWithTheSameKeys_ReadsTheSecret()
    {
        using var folder = new TemporaryFolder();
        var stored = new SecretVault(folder.File("keys")).Protect(Secret);

        Assert.Equal(Secret, new SecretVault(folder.File("keys")).Unprotect(stored));
        Assert.DoesNotContain(Secret, stored, StringComparison.Ordinal);
    }

    [Fact]
    public void Protect_MakesKeysThatOnlyTheirOwnerReads()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix permissions.");
        using var folder = new TemporaryFolder();

        new SecretVault(folder.File("keys")).Protect(Secret);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, TemporaryFolder.ModeOf(folder.File("keys")));
        var key = Assert.Single(Directory.GetFiles(folder.File("keys")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, TemporaryFolder.ModeOf(key));
    }

    [Fact]
    public void Unprotect_OtherKeysOrAlteredText_SaysWhatToDoAndNotTheSecret()
    {
        using var folder = new TemporaryFolder();
        var vault = new SecretVault(folder.File("keys"));
        var stored = vault.Protect(Secret);

        SecretUnreadableException[] refusals =
        [
            Assert.Throws<SecretUnreadableException>(() => new SecretVault(folder.File("other-keys")).Unprotect(stored)),
            Assert.Throws<SecretUnreadableException>(() => vault.Unprotect(stored[..^4] + "AAAA")),
            Assert.Throws<SecretUnreadableException>(() => vault.Unprotect("not protected at all")),
        ];

        Assert.All(refusals, refusal => Assert.Contains("enter the secret again", refusal.Message, StringComparison.Ordinal));
        Assert.All(refusals, refusal => Assert.DoesNotContain(Secret, refusal.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void New_FolderCannotBeMade_SaysWhy()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");

        Assert.Throws<SecretUnreadableException>(() => new SecretVault(folder.File("file/keys")));
    }
}
