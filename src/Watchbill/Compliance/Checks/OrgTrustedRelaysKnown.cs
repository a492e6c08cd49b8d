using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Only approved Relays are trusted.</summary>
internal sealed class OrgTrustedRelaysKnown : Check
{
    private static readonly CheckParameter ApprovedKeys = CheckParameter.Texts("approvedKeys", "The public keys of relays that may be trusted.");
    private static readonly CheckParameter MaxUnseen = CheckParameter.Number("maxUnseenDays", "For how many days a trusted relay may be silent.", 30, 1, 3650);

    public override CheckDefinition Definition { get; } = new("org-trusted-relays-known", Severity.Low)
    {
        Title = "Only approved Relays are trusted",
        Asserts = "Every trustedRelays[].publicKey is on the approved list and was lastSeen within N days.",
        Rationale = "A trusted relay reads settings of projects and sees every event that passes it.",
        Remediation = "Settings > Relay: remove stale or unknown keys.",
        Reads = [CheckInput.Organization, CheckInput.Relays],
        Fields = ["organization.trustedRelays", "relay_usage.publicKey", "relay_usage.lastSeen"],
        Scopes = ["org:read"],
        Parameters = [ApprovedKeys, MaxUnseen],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings)
    {
        if (posture.Settings.TrustedRelays is not { } trusted)
        {
            return [Verdict.Untold(posture.Self, "trustedRelays")];
        }

        var seen = posture.Relays.Where(static relay => relay.Document.PublicKey is not null).ToLookup(static relay => relay.Document.PublicKey!, StringComparer.Ordinal);
        return trusted.Select(key => Judge(key, seen[key].Max(static relay => relay.Counters?.LastSeen), posture, settings));
    }

    private static Verdict Judge(string key, DateTimeOffset? lastSeen, Posture posture, CheckSettings settings)
    {
        var (relay, days) = (new CheckResource(ResourceKind.Relay, key, key), settings.Number(MaxUnseen));
        return !settings.Texts(ApprovedKeys).Contains(key) ? Verdict.Fail(relay, "It is trusted, and nobody approved it.")
            : lastSeen is null ? Verdict.Fail(relay, "It is trusted, and was never seen.")
            : lastSeen < posture.At.AddDays(-days) ? Verdict.Fail(relay, $"It is trusted, and was not seen for more than {days} days.")
            : Verdict.Pass(relay);
    }
}
