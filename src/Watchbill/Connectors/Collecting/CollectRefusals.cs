using Watchbill.Evidence;
using Watchbill.Kernel;

namespace Watchbill.Connectors.Collecting;

/// <summary>What collecting refuses.</summary>
internal static class CollectRefusals
{
    private const int LongestIssue = 100;

    /// <summary>Why nothing can be collected now; null when it can.</summary>
    public static Refusal? For(ConnectorRow connector, EvidenceRequest request)
    {
        var kind = EvidenceKinds.Of(request.Kind);
        if (kind.IsOnDemand == request.Part is null)
        {
            return kind.IsOnDemand
                ? new Refusal(RefusalKind.Invalid, "issue-needed", $"{kind.Title} are collected of one issue: name it, for example CHECKOUT-1A.")
                : new Refusal(RefusalKind.Invalid, "issue-not-needed", $"{kind.Title} are collected whole, not of one issue.");
        }

        if (request.Part is { } issue && (issue.Length > LongestIssue || issue is "." or ".." || !issue.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
        {
            return new Refusal(RefusalKind.Invalid, "bad-issue", "An issue is named by its number or its short id, for example 4711 or CHECKOUT-1A.");
        }

        if (connector.ProtectedToken is null)
        {
            return SyncRefusals.NoToken(connector.Name);
        }

        if (connector.State is ConnectorState.Paused)
        {
            return SyncRefusals.NotNow(connector.State, connector.Name);
        }

        return connector.OrganizationId is null
            ? new Refusal(RefusalKind.Conflict, "not-read-yet", $"{connector.Name} was never read. Sync it first: what is collected belongs to its projects.")
            : null;
    }

    public static Refusal TakenOver(CollectionId collection) =>
        new(RefusalKind.Conflict, "collection-taken-over", $"Collection {collection} was taken over by another process, because this one gave no sign of life. Nothing was lost.");
}
