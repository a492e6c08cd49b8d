using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>What owners are told, and when.</summary>
internal sealed class OwnerNotices(ConnectorOwnerStore owners, IOwnerDirectory directory, IOwnerMail mail)
{
    /// <summary>So many failed runs in a row, and the owners are told; once, not again at every further one.</summary>
    public const int FailedRunsToTell = 3;

    /// <summary>What is wrong with these owners; null when all may be.</summary>
    public async Task<Refusal?> RefuseAsync(IReadOnlyList<AccountId> chosen, CancellationToken cancellationToken)
    {
        if (chosen.Count == 0)
        {
            return null;
        }

        var able = (await directory.ListAsync(cancellationToken)).Where(static account => account.MayManage).Select(static account => account.Id).ToHashSet();
        return chosen.All(able.Contains) ? null : SyncRefusals.BadOwner();
    }

    /// <summary>Makes these the owners, and tells those who were not before.</summary>
    /// <param name="transaction">The transaction of the change.</param>
    /// <param name="connector">The connector as it is now.</param>
    /// <param name="chosen">The owners from now on.</param>
    /// <param name="by">Who did it, and needs no mail about it; null for nobody with an account.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task SetAsync(Transaction transaction, ConnectorRow connector, IReadOnlyList<AccountId> chosen, AccountId? by, CancellationToken cancellationToken)
    {
        var before = await owners.ListAsync(transaction, connector.Id, cancellationToken);
        await owners.ReplaceAsync(transaction, connector.Id, [.. chosen.Distinct()], cancellationToken);
        foreach (var owner in chosen.Distinct().Except(before).Where(owner => owner != by))
        {
            await mail.AppendAsync(transaction, connector.ProtectedToken is null ? Complete(owner, connector) : Welcome(owner, connector), cancellationToken);
        }
    }

    /// <summary>Tells the owners when this was the third failed run in a row.</summary>
    public async Task TellOfFailureAsync(Transaction transaction, ConnectorRow connector, SyncRun run, CancellationToken cancellationToken)
    {
        if (connector.FailedRuns != FailedRunsToTell)
        {
            return;
        }

        await TellAllAsync(transaction, connector, Failing(default, connector, run), cancellationToken);
    }

    /// <summary>Tells the owners that what a run found waits for somebody to confirm it.</summary>
    public Task TellOfLossAsync(Transaction transaction, ConnectorRow connector, SyncRun run, CancellationToken cancellationToken) =>
        TellAllAsync(transaction, connector, NeedsConfirmation(default, connector, run), cancellationToken);

    /// <summary>Tells the owners that a change waits for a person.</summary>
    public Task TellOfEscalationAsync(Transaction transaction, ConnectorRow connector, ProvisioningTask task, CancellationToken cancellationToken) =>
        TellAllAsync(transaction, connector, Escalated(default, connector, task), cancellationToken);

    /// <summary>Where the credentials of a connector are entered.</summary>
    public static string TokenPath(ConnectorId connector) => $"/sources/{connector}/token";

    /// <summary>Tells each owner, and the channels.</summary>
    private async Task TellAllAsync(Transaction transaction, ConnectorRow connector, OwnerMessage message, CancellationToken cancellationToken)
    {
        foreach (var owner in await owners.ListAsync(transaction, connector.Id, cancellationToken))
        {
            await mail.AppendAsync(transaction, message with { To = owner }, cancellationToken);
        }

        await mail.AnnounceAsync(transaction, PublicNotice.Of(connector.Id, message), cancellationToken);
    }

    private static OwnerMessage Complete(AccountId owner, ConnectorRow connector) => new(
        owner, "source-needs-credentials", $"Give the source {connector.Name} its credentials",
        [
            $"You were named an owner of the source {connector.Name}, the Sentry organization {connector.OrganizationSlug}.",
            "It has no token yet, so nothing is read. The page behind the link says which token to make, tries it out and saves it encrypted.",
        ],
        TokenPath(connector.Id));

    private static OwnerMessage Welcome(AccountId owner, ConnectorRow connector) => new(
        owner, "source-owner", $"You look after the source {connector.Name}",
        [
            $"You were named an owner of the source {connector.Name}, the Sentry organization {connector.OrganizationSlug}.",
            $"You will be told when {FailedRunsToTell} runs in a row fail.",
        ],
        $"/sources/{connector.Id}");

    private static OwnerMessage Escalated(AccountId owner, ConnectorRow connector, ProvisioningTask task) => new(
        owner, "change-escalated", $"A change in {connector.Name} needs you",
        [
            $"The change {task.Id} in the Sentry organization {connector.OrganizationSlug} could not be made and proven: {task.Note}",
            $"It was asked for because: {task.Reason}",
            $"When the cause is mended: watchbill provisioning retry {task.Id}. When it is not wanted any more: watchbill provisioning withdraw {task.Id}.",
        ],
        $"/org/{connector.Id}/provisioning/{task.Id}");

    private static OwnerMessage NeedsConfirmation(AccountId owner, ConnectorRow connector, SyncRun run) => new(
        owner, "source-needs-confirmation", $"What was read of {connector.Name} needs your confirmation",
        [
            $"{run.Reason}",
            "Until somebody confirms or rejects it, what was known stays, and no further run is made. The page behind the link shows what would be lost.",
        ],
        $"/sources/{connector.Id}/runs/{run.Id}");

    private static OwnerMessage Failing(AccountId owner, ConnectorRow connector, SyncRun run) => new(
        owner, "source-failing", $"The source {connector.Name} could not be read {FailedRunsToTell} times in a row",
        [
            $"The last reason: {run.Reason}",
            "What was known stays as it was and is marked stale. You are told again only after a run has succeeded in between.",
        ],
        $"/sources/{connector.Id}");
}
