using System.Text.Json.Nodes;
using Watchbill.Access.Explore;
using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Reviews;

/// <summary>
/// Follows what a closed campaign changes until Sentry was read back, and completes it when everything is proven, kept or excepted. What is left over needs a person
/// who says why. A completed campaign can be changed by nobody.
/// </summary>
public sealed class CompleteCampaign
{
    private readonly Database _database;
    private readonly OrganizationPictures _pictures;
    private readonly ReviewDesk _desk;

    internal CompleteCampaign(Database database, OrganizationPictures pictures, ReviewDesk desk)
    {
        _database = database;
        _pictures = pictures;
        _desk = desk;
    }

    /// <summary>The campaigns that are closed and not completed.</summary>
    public async Task<IReadOnlyList<CampaignId>> OpenAsync(CancellationToken cancellationToken)
    {
        await using var session = _database.OpenRead();
        return [.. (await ReviewStore.InStateAsync(session, CampaignState.Closing, cancellationToken)).Select(static row => row.Id)];
    }

    /// <summary>Takes over what became of the changes, and completes the campaign when nothing is left over.</summary>
    /// <returns>The campaign as it is now.</returns>
    public Task<Result<Campaign>> FollowAsync(CampaignId id, CancellationToken cancellationToken) => RunAsync(id, reason: null, Actor.System, cancellationToken);

    /// <summary>Completes a closed campaign although something is left over, with a reason.</summary>
    public async Task<Result<Campaign>> RunAsync(CampaignId id, string? reason, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManageReviews) ?? (reason is null ? null : SyncRefusals.BadReason(reason))) is { } refusal)
        {
            return refusal;
        }

        var done = await RunAsync(id, reason?.Trim(), caller.Actor, cancellationToken);
        if (!done.Succeeded || done.Value.State is CampaignState.Completed)
        {
            return done;
        }

        await using var session = _database.OpenRead();
        var outcomes = await ReviewStore.OutcomesAsync(session, id, cancellationToken);
        return outcomes.GetValueOrDefault(Outcome.Changing) is > 0 and var changing ? ReviewRefusals.StillChanging(changing) : ReviewRefusals.LeftOver(outcomes.GetValueOrDefault(Outcome.Escalated));
    }

    private async Task<Result<Campaign>> RunAsync(CampaignId id, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        CampaignRow? row;
        await using (var session = _database.OpenRead())
        {
            row = await ReviewStore.FindAsync(session, id, cancellationToken);
        }

        if (row is not { State: CampaignState.Closing })
        {
            return row is null ? ReviewRefusals.NoSuchCampaign(id) : ReviewRefusals.NotNow(row.State, "closed and not completed");
        }

        var picture = await _pictures.LatestAsync(row.ConnectorId, cancellationToken);
        return await _database.InTransactionAsync(
            async transaction =>
            {
                await Database.LockAsync(transaction, $"campaign {id}", cancellationToken);
                if (await ReviewStore.FindAsync(transaction, id, cancellationToken) is not { State: CampaignState.Closing } now)
                {
                    return ReviewRefusals.NotNow(CampaignState.Completed, "closed and not completed");
                }

                await ProveAsync(transaction, id, picture, cancellationToken);
                var outcomes = await ReviewStore.OutcomesAsync(transaction, id, cancellationToken);
                var escalated = outcomes.GetValueOrDefault(Outcome.Escalated);
                return outcomes.GetValueOrDefault(Outcome.Changing) == 0 && (escalated == 0 || reason is not null)
                    ? await EndAsync(transaction, now, (outcomes, reason), actor, cancellationToken)
                    : Result.Of(now.ToCampaign());
            },
            cancellationToken);
    }

    private async Task ProveAsync(Transaction transaction, CampaignId id, OrganizationPicture picture, CancellationToken cancellationToken)
    {
        var items = (await ReviewStore.WithOutcomeAsync(transaction, id, Outcome.Changing, cancellationToken))
            .Concat((await ReviewStore.WithOutcomeAsync(transaction, id, Outcome.Proven, cancellationToken)))
            .Concat((await ReviewStore.WithOutcomeAsync(transaction, id, Outcome.Escalated, cancellationToken)).Where(static item => item.TaskId is not null)).ToList();
        var tasks = (await ProvisioningStore.ByIdAsync(transaction, [.. items.Select(static item => item.TaskId!.Value).Distinct()], cancellationToken)).ToDictionary(static task => task.Id);
        foreach (var item in items)
        {
            var settled = Settled(item, tasks[item.TaskId!.Value], picture);
            if ((settled.Outcome, settled.OutcomeNote) != (item.Outcome, item.OutcomeNote))
            {
                await ReviewStore.SetOutcomeAsync(transaction, settled with { OutcomeAt = _desk.Now }, cancellationToken);
                await _desk.NoteItemsAsync(transaction, [new ReviewNote(id, Word.Of(settled.Outcome)) { Item = item.Id, Details = settled.OutcomeNote }], Actor.System, cancellationToken);
            }
        }
    }

    /// <summary>Only what was read back from Sentry is proven, and only while no later read shows the access again.</summary>
    private static ReviewItemRow Settled(ReviewItemRow item, ProvisioningRow task, OrganizationPicture picture) => task switch
    {
        { State: ProvisioningState.Proven } when CameBack(item, task, picture) => item with
        {
            Outcome = Outcome.Escalated,
            OutcomeNote = $"It came back: change {task.Id} was proven on {PopulationFile.Instant(task.ReadBackAt)}, and a later read of Sentry shows the access again.",
        },
        { State: ProvisioningState.Proven } => item with { Outcome = Outcome.Proven, OutcomeNote = $"Read back on {PopulationFile.Instant(task.ReadBackAt)}: {TargetState.FromJson(task.ReadBack)?.Describe()}" },
        { State: ProvisioningState.Escalated } => item with { Outcome = Outcome.Escalated, OutcomeNote = $"Change {task.Id} could not be proven: {task.Note}" },
        { State: ProvisioningState.Withdrawn } => item with { Outcome = Outcome.Escalated, OutcomeNote = $"Change {task.Id} was taken back." },
        _ => item with { Outcome = Outcome.Changing, OutcomeNote = null },
    };

    /// <summary>Whether a complete read that began after the proof shows what was taken away.</summary>
    private static bool CameBack(ReviewItemRow item, ProvisioningRow task, OrganizationPicture picture)
    {
        if (item.Decision is not Decision.Revoke || !picture.Freshness.IsComplete || picture.Freshness.OldestRead is not { } read || read <= task.ReadBackAt)
        {
            return false;
        }

        var member = picture.Graph.FindMember(item.Principal);
        return member is not null && (item.Kind is GrantKind.OrgRole || picture.Graph.MembershipsOf(member).Any(edge => edge.TeamId == item.Resource));
    }

    private async Task<Result<Campaign>> EndAsync(
        Transaction transaction, CampaignRow row, (IReadOnlyDictionary<Outcome, int> Outcomes, string? Reason) how, Actor actor, CancellationToken cancellationToken)
    {
        var details = new JsonObject(how.Outcomes.Select(static pair => KeyValuePair.Create<string, JsonNode?>(Word.Of(pair.Key), pair.Value))).ToJsonString();
        var completed = row with { State = CampaignState.Completed, EndedAt = _desk.Now, Note = how.Reason };
        await _desk.NoteAsync(transaction, new ReviewNote(row.Id, "completed") { Details = details, Reason = how.Reason }, actor, cancellationToken);
        await ReviewStore.TryUpdateAsync(transaction, completed, cancellationToken);
        if (row.RepeatsEveryMonths is { } months)
        {
            var next = CampaignRow.Of(row.ToCampaign().Plan with { StartsAt = Later(row.StartedAt!.Value.AddMonths(months)) }, _desk.Now);
            next = next with { Id = await ReviewStore.InsertAsync(transaction, next, cancellationToken) };
            await _desk.NoteAsync(transaction, new ReviewNote(next.Id, "scheduled") { Details = new JsonObject { ["after"] = row.Id.Value, ["startsAt"] = PopulationFile.Instant(next.StartsAt) }.ToJsonString() }, Actor.System, cancellationToken);
        }

        var escalated = how.Outcomes.GetValueOrDefault(Outcome.Escalated);
        await _desk.TellAndAnnounceAsync(transaction, row.ConnectorId, new OwnerMessage(
            row.Owner, "review-completed", $"The access review {row.Name} is completed",
            [$"{row.PopulationRows:N0} grants were reviewed{(escalated == 0 ? "" : $"; {escalated:N0} were left to a person")}. The report shows each with its proof."],
            $"/reviews/{row.Id}/report"), cancellationToken);
        return completed.ToCampaign();
    }

    /// <summary>A review that ran longer than its period is not followed by the next one at once.</summary>
    private DateTimeOffset Later(DateTimeOffset planned) => planned > _desk.Now.AddDays(1) ? planned : _desk.Now.AddDays(1);
}
