using Watchbill.Compliance.Runs;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Compliance.Actions;

/// <summary>
/// Lets actions follow what checks say, in the transaction of the run: a check that fails opens its action or reopens it, one that does not fail any more closes it. A check that
/// could not be evaluated says nothing: its action stays as it is.
/// </summary>
internal sealed class FollowChecks(ActionRecord record, ConnectorOwnerStore owners, IOwnerMail mail)
{
    private const int MostNamed = 10;

    public async Task RunAsync(Transaction transaction, CheckRunRow run, IReadOnlyList<CheckLineRow> lines, CancellationToken cancellationToken)
    {
        var actions = await ActionStore.OfChecksAsync(transaction, run.ConnectorId, cancellationToken);
        List<ActionRow> opened = [];
        foreach (var line in lines)
        {
            var action = actions.GetValueOrDefault(line.CheckId);
            if (line.Outcome is CheckOutcome.Fail)
            {
                if (await FailAsync(transaction, run.ConnectorId, action, line, cancellationToken) is { } moved)
                {
                    opened.Add(moved);
                }
            }
            else if (line.Outcome is not CheckOutcome.NotEvaluated && action is { State: not ActionState.Closed })
            {
                await CloseAsync(transaction, action, line.Outcome, cancellationToken);
            }
        }

        await TellAsync(transaction, run.ConnectorId, opened, cancellationToken);
    }

    /// <returns>The action when it was opened or reopened; null when it was open.</returns>
    private async Task<ActionRow?> FailAsync(Transaction transaction, ConnectorId connector, ActionRow? action, CheckLineRow line, CancellationToken cancellationToken)
    {
        var check = CheckCatalogue.Find(line.CheckId)!.Definition;
        if (action is { State: not ActionState.Closed })
        {
            if (action.Failing != line.Failed)
            {
                await ActionStore.UpdateAsync(transaction, action with { Failing = line.Failed }, cancellationToken);
            }

            return null;
        }

        var row = (action ?? new ActionRow { ConnectorId = connector, CheckId = check.Id, Title = check.Title }) with
        {
            Title = check.Title,
            Description = check.Remediation,
            Severity = check.Severity,
            State = ActionState.Open,
            OpenedAt = record.Now,
            DueAt = record.Now.AddDays(ActionDeadline.DaysOf(check.Severity)),
            ClosedAt = null,
            Closing = null,
            Failing = line.Failed,
            RemindedAt = null,
        };
        if (action is null)
        {
            row = row with { Id = await ActionStore.InsertAsync(transaction, row, cancellationToken) };
        }
        else
        {
            row = row with { Reopened = action.Reopened + 1 };
            await ActionStore.UpdateAsync(transaction, row, cancellationToken);
        }

        var step = new ActionStep(action is null ? ActionNoteKind.Opened : ActionNoteKind.Reopened, $"Its check fails for {line.Failed:N0} {(line.Failed == 1 ? "resource" : "resources")}.");
        await record.WriteAsync(transaction, row, step, Caller.System, cancellationToken);
        return row;
    }

    private async Task CloseAsync(Transaction transaction, ActionRow action, CheckOutcome outcome, CancellationToken cancellationToken)
    {
        var why = outcome switch
        {
            CheckOutcome.Excepted => "Exceptions cover all that fails. It is reopened when they end.",
            CheckOutcome.NotApplicable => "Its check is not applicable any more.",
            _ => "Its check passes.",
        };
        var row = action with { State = ActionState.Closed, ClosedAt = record.Now, Closing = why, Failing = 0 };
        await ActionStore.UpdateAsync(transaction, row, cancellationToken);
        await record.WriteAsync(transaction, row, new ActionStep(ActionNoteKind.Closed, why), Caller.System, cancellationToken);
    }

    /// <summary>The owners of the connector learn of all of them in one message; who owns one that was reopened is told about that one.</summary>
    private async Task TellAsync(Transaction transaction, ConnectorId connector, List<ActionRow> opened, CancellationToken cancellationToken)
    {
        if (opened.Count == 0)
        {
            return;
        }

        var gravest = opened.OrderByDescending(static action => action.Severity).ThenBy(static action => action.Title, StringComparer.Ordinal).Take(MostNamed).Select(static action => $"{action.Title} ({Word.Of(action.Severity)}, until {action.DueAt:yyyy-MM-dd})").ToList();
        var more = opened.Count - gravest.Count;
        var message = new OwnerMessage(
            default, "actions-opened", opened.Count == 1 ? "A check began to fail: an action is open" : $"{opened.Count:N0} checks began to fail: actions are open",
            more > 0 ? [.. gravest, $"And {more:N0} more."] : gravest, $"/actions?connector={connector}");
        foreach (var owner in await owners.ListAsync(transaction, connector, cancellationToken))
        {
            await mail.AppendAsync(transaction, message with { To = owner }, cancellationToken);
        }

        await mail.AnnounceAsync(transaction, PublicNotice.Of(connector, message), cancellationToken);
        foreach (var action in opened.Where(static action => action.Owner is not null))
        {
            await mail.AppendAsync(
                transaction,
                new OwnerMessage(action.Owner!.Value, "action-reopened", $"Open again: {action.Title}", [$"Its check fails for {action.Failing:N0} again. It should be done until {action.DueAt:yyyy-MM-dd}."], $"/actions/{action.Id}"),
                cancellationToken);
        }
    }
}
