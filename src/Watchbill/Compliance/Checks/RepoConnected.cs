using Watchbill.Compliance.CheckKinds;
using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance.Checks;

/// <summary>Source control is connected for traceability.</summary>
internal sealed class RepoConnected : OrganizationCheck
{
    public override CheckDefinition Definition { get; } = new("repo-connected", Severity.Low)
    {
        Title = "Source control is connected for traceability",
        Asserts = "At least one repository has status active; whether releases hold commits is looked at by release-has-commits.",
        Rationale = "Without a repository nobody can tell from an error which change caused it.",
        Remediation = "Install the GitHub/GitLab integration and add repositories.",
        Reads = [CheckInput.Repositories],
        Fields = ["repos.status", "repos.provider"],
        Scopes = ["org:read"],
    };

    protected override Verdict Judge(Posture posture, CheckSettings settings)
    {
        var active = posture.Repositories.Count(static repository => repository.Document.Status is "active");
        return active > 0 ? Verdict.Pass(posture.Self, $"{active} repositories are connected.") : Verdict.Fail(posture.Self, "No active repository is connected.");
    }
}
