using Watchbill.Compliance.Postures;
using Watchbill.Evidence;

namespace Watchbill.Compliance.Checks;

/// <summary>Event data is forwarded only to approved systems.</summary>
internal sealed class ForwardingApproved : Check
{
    private static readonly CheckParameter Approved = CheckParameter.Texts("approved", "The services that data may be forwarded to.");

    public override CheckDefinition Definition { get; } = new("forwarding-approved", Severity.High)
    {
        Title = "Event data is forwarded only to approved systems",
        Asserts = "No forwarder with isEnabled==true whose provider is not approved.",
        Rationale = "Forwarding copies every event to another company.",
        Remediation = "Data Forwarding: disable, or approve with a DPA reference.",
        Reads = [CheckInput.Forwarding],
        Fields = ["forwarding.isEnabled", "forwarding.provider"],
        Scopes = ["org:read"],
        Parameters = [Approved],
    };

    public override IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings) =>
        posture.Forwarders.Select(forwarder => Judge(forwarder.As(ResourceKind.Forwarder), forwarder.Document, settings));

    private static Verdict Judge(CheckResource resource, ForwardingDocument forwarder, CheckSettings settings) =>
        forwarder.IsEnabled is not { } enabled ? Verdict.Untold(resource, "isEnabled")
        : !enabled ? Verdict.Pass(resource, "Switched off.")
        : forwarder.Provider is { } provider && settings.Texts(Approved).Contains(provider) ? Verdict.Pass(resource)
        : Verdict.Fail(resource, $"Data goes to {forwarder.Provider ?? "an unnamed service"}, and nobody approved it.");
}
