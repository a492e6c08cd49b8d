using Watchbill.Access.Facts;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Client keys are rate limited.</summary>
internal sealed class KeyRateLimited : Check
{
    private static readonly CheckParameter Most = CheckParameter.Number("maxCountPerHour", "The most events per hour that a key may accept; 0 allows any limit.", 0, 0, 100_000_000);

    public override CheckDefinition Definition { get; } = new("key-rate-limited", Severity.Low)
    {
        Title = "Client keys are rate limited",
        Asserts = "Each isActive key has rateLimit != null.",
        Rationale = "A key is public; without a limit anybody can use up what the organization may send.",
        Remediation = "Client Keys > Configure > Rate limits (plan-dependent: treat as not applicable when the feature rate-limits is absent).",
        Reads = [CheckInput.ClientKeys],
        Fields = ["keys.rateLimit", "keys.isActive"],
        Scopes = ["project:read"],
        Parameters = [Most],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) =>
        posture.Of(NonHumanKind.ClientKey).Where(static key => key.Fact.IsActive is true).Select(key => Judge(key, settings.Number(Most)));

    private static Verdict Judge(NonHumanPosture key, int most) =>
        key.Fact.EventsPerHour is not { } rate ? Verdict.Fail(key.Resource, "The key accepts events without a limit.")
        : most > 0 && rate > most ? Verdict.Fail(key.Resource, $"The key accepts {rate} events per hour; at most {most} may be.")
        : Verdict.Pass(key.Resource);
}
