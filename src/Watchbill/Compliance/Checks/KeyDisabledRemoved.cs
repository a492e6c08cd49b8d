using Watchbill.Access.Facts;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Disabled keys are cleaned up.</summary>
internal sealed class KeyDisabledRemoved : Check
{
    private static readonly CheckParameter Days = CheckParameter.Number("days", "How many days old a disabled key may be.", 90, 1, 36_500);
    private static readonly CheckParameter MostActive = CheckParameter.Number("maxActive", "How many active keys a project may have.", 3, 1, 1000);

    public override CheckDefinition Definition { get; } = new("key-disabled-removed", Severity.Low)
    {
        Title = "Disabled keys are cleaned up",
        Asserts = "No key with isActive==false older than N days; active keys per project <= max.",
        Rationale = "A disabled key is one click from being a working one; many keys of a project are many places to forget one.",
        Remediation = "Delete unused keys.",
        Reads = [CheckInput.ClientKeys, CheckInput.Projects],
        Fields = ["keys.isActive", "keys.dateCreated"],
        Scopes = ["project:read"],
        Parameters = [Days, MostActive],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings)
    {
        var old = posture.At.AddDays(-settings.Number(Days));
        var disabled = posture.Of(NonHumanKind.ClientKey).Where(static key => key.Fact.IsActive is false).Select(key => key.Fact.DateCreated is not { } created
            ? Verdict.Untold(key.Resource, "dateCreated")
            : created < old ? Verdict.Fail(key.Resource, $"Disabled, and created more than {settings.Number(Days)} days ago.") : Verdict.Pass(key.Resource));
        var active = posture.Of(NonHumanKind.ClientKey).Where(static key => key.Fact is { IsActive: true, ProjectId: not null }).CountBy(static key => key.Fact.ProjectId!).ToDictionary();
        var most = settings.Number(MostActive);
        return disabled.Concat(posture.Projects.Select(project => active.GetValueOrDefault(project.Id) is var count && count > most
            ? Verdict.Fail(project.Resource, $"{count} active keys; at most {most} should be.") : Verdict.Pass(project.Resource)));
    }
}
