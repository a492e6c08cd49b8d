using Watchbill.Access.Facts;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Client keys are rotated.</summary>
internal sealed class KeyAge : Check
{
    private static readonly CheckParameter MaxDays = CheckParameter.Number("maxAgeDays", "After how many days a key is to be changed.", 730, 1, 36_500);

    public override CheckDefinition Definition { get; } = new("key-age", Severity.Low)
    {
        Title = "Client keys are rotated",
        Asserts = "Each active key dateCreated >= now - N days.",
        Rationale = "An old key is in old releases, in scripts and in forks that nobody remembers.",
        Remediation = "Create a new key, deploy, disable the old key.",
        Reads = [CheckInput.ClientKeys],
        Fields = ["keys.dateCreated"],
        Scopes = ["project:read"],
        Parameters = [MaxDays],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) =>
        posture.Of(NonHumanKind.ClientKey).Where(static key => key.Fact.IsActive is true).Select(key => Judge(key, posture, settings));

    private static Verdict Judge(NonHumanPosture key, Posture posture, CheckSettings settings) =>
        key.Fact.DateCreated is not { } created ? Verdict.Untold(key.Resource, "dateCreated")
        : created < posture.At.AddDays(-settings.Number(MaxDays)) ? Verdict.Fail(key.Resource, $"Created on {created:yyyy-MM-dd}, more than {settings.Number(MaxDays)} days ago.")
        : Verdict.Pass(key.Resource);
}
