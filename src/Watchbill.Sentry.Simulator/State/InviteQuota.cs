namespace Watchbill.Sentry.Simulator.State;

/// <summary>Sentry's daily limits on invitations: 100 a credential, 100 an organization, 10 an address. The organization's lock guards it.</summary>
internal sealed class InviteQuota
{
    private readonly Dictionary<string, int> used = new(StringComparer.OrdinalIgnoreCase);
    private DateTime day;

    public bool TryUse(DateTimeOffset now, long credential, string address)
    {
        if (now.UtcDateTime.Date != day)
        {
            day = now.UtcDateTime.Date;
            used.Clear();
        }

        return Count($"credential {credential}", 100) & Count("organization", 100) & Count("address " + address, 10);
    }

    private bool Count(string key, int most) => (used[key] = used.GetValueOrDefault(key) + 1) <= most;
}
