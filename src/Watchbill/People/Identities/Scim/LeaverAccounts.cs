using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.People.Identities.Scim;

/// <summary>What becomes of the accounts here of people who left.</summary>
/// <param name="CloseAccounts">Whether they are closed when the identity provider says so. Setting <c>CLOSE_ACCOUNTS_OF_LEAVERS</c>, <c>yes</c> or <c>no</c>; <value>no</value>.</param>
public sealed record LeaverOptions(bool CloseAccounts)
{
    private const string Setting = "CLOSE_ACCOUNTS_OF_LEAVERS";

    /// <summary>Reads the setting.</summary>
    /// <exception cref="LeaverSettingsException">It is neither yes nor no.</exception>
    public static LeaverOptions Read(IReadOnlyDictionary<string, string?> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Text(Setting)?.ToLowerInvariant() switch
        {
            null or "no" => new LeaverOptions(CloseAccounts: false),
            "yes" => new LeaverOptions(CloseAccounts: true),
            _ => throw new LeaverSettingsException($"{Setting} is yes or no."),
        };
    }
}

/// <summary>The setting about leavers is wrong; the message names it.</summary>
public sealed class LeaverSettingsException(string message) : SettingsException(message);

/// <summary>Closes the accounts here of people who left, in the transaction in which the identity provider says so.</summary>
internal sealed class LeaverAccounts(LeaverOptions options, AccountClosing closing)
{
    /// <summary>Somebody left: their sessions end, their API tokens stop working. The last Super Administrator stays, and the audit log says so.</summary>
    public async Task CloseAsync(Transaction transaction, Identity gone, Actor pusher, CancellationToken cancellationToken)
    {
        if (!options.CloseAccounts)
        {
            return;
        }

        await SuperAdministrators.LockAsync(transaction, cancellationToken);
        foreach (var address in gone.Aliases.Prepend(gone.Email).Select(PersonInput.Address).OfType<string>().Distinct())
        {
            if (await AccountStore.FindAsync(transaction, address, cancellationToken) is { State: not AccountState.Closed } row)
            {
                await closing.CloseAsync(transaction, row, "Its person left, says the identity provider.", pusher, cancellationToken);
            }
        }
    }
}
