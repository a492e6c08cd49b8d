using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Compliance.Frameworks;

/// <summary>
/// Frameworks of one's own beside those that come with Watchbill. Whoever may read access sees them; whoever manages compliance brings, replaces and removes them. Every definition that ever held is kept.
/// </summary>
public sealed class ManageFrameworks
{
    /// <summary>The most of one's own.</summary>
    public const int MostOwn = 50;

    private readonly Database _database;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal ManageFrameworks(Database database, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>All frameworks, by name.</summary>
    public async Task<Result<IReadOnlyList<Framework>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        return Result.Of(await _database.InSnapshotAsync(session => FrameworkStore.AllAsync(session, cancellationToken), cancellationToken));
    }

    /// <summary>The ids of those that are followed, in order; none where all are, those to come included.</summary>
    public async Task<Result<IReadOnlyList<string>>> ChosenAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return await FrameworkStore.ChosenAsync(session, cancellationToken);
    }

    /// <summary>Follows these and no others: posture, checks and their exports tell of them. Evidence is collected and checks run as before, and packs can be made for any.</summary>
    /// <param name="ids">The frameworks; none for all, those to come included.</param>
    /// <param name="reason">Why.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Stops it; nothing is changed then.</param>
    public async Task<Result<IReadOnlyList<string>>> FollowAsync(IReadOnlyCollection<string> ids, string reason, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManageCompliance) ?? SyncRefusals.BadReason(reason)) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync<Result<IReadOnlyList<string>>>(
            async transaction =>
            {
                await Database.LockAsync(transaction, "frameworks", cancellationToken);
                var known = (await FrameworkStore.AllAsync(transaction, cancellationToken)).Select(static framework => framework.Id).ToHashSet(StringComparer.Ordinal);
                if (ids.FirstOrDefault(id => !known.Contains(id)) is { } unknown)
                {
                    return ComplianceRefusals.NoSuchFramework(unknown);
                }

                var before = await FrameworkStore.ChosenAsync(transaction, cancellationToken);
                List<string> chosen = [.. ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
                if (!chosen.SequenceEqual(before, StringComparer.Ordinal))
                {
                    await FrameworkStore.ChooseAsync(transaction, chosen, cancellationToken);
                    await _audit.AppendAsync(
                        transaction,
                        new AuditEvent { Actor = caller.Actor, Action = "frameworks-followed", SubjectKind = "frameworks", SubjectId = "followed", Before = TextOf(before), After = TextOf(chosen), Reason = reason.Trim() },
                        cancellationToken);
                }

                return chosen;
            },
            cancellationToken);

        static string TextOf(List<string> chosen) =>
            JsonSerializer.Serialize(new SortedDictionary<string, string>(StringComparer.Ordinal) { ["followed"] = chosen.Count == 0 ? "all" : string.Join(' ', chosen) }, ComplianceJson.Default.SortedDictionaryStringString);
    }

    /// <summary>One framework, with what it was before when it is one's own.</summary>
    public async Task<Result<FrameworkHistory>> FindAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        if (await FrameworkStore.FindAsync(session, id, cancellationToken) is not { } framework)
        {
            return ComplianceRefusals.NoSuchFramework(id);
        }

        var versions = await FrameworkStore.HistoryAsync(session, id, cancellationToken);
        return new FrameworkHistory(framework, [.. versions.Select(static row => new FrameworkVersion(row.ValidFrom, row.ValidTo == Conventions.OpenEnd ? null : row.ValidTo, row.Sha256, row.Reason) { Account = row.AccountId })]);
    }

    /// <summary>Brings one, or replaces one of the same id.</summary>
    /// <param name="read">What was read from a file, or why it could not be.</param>
    /// <param name="reason">Why.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Stops it; nothing is changed then.</param>
    public async Task<Result<Framework>> BringAsync(Result<Framework> read, string reason, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManageCompliance) ?? read.Refusal ?? SyncRefusals.BadReason(reason)) is { } refusal)
        {
            return refusal;
        }

        var framework = read.Value;
        var definition = JsonSerializer.Serialize(framework, FrameworkJson.Default.Framework);
        return await _database.InTransactionAsync<Result<Framework>>(
            async transaction =>
            {
                await Database.LockAsync(transaction, "frameworks", cancellationToken);
                var own = await FrameworkStore.OpenAsync(transaction, cancellationToken);
                var before = own.Find(row => row.FrameworkId == framework.Id);
                if (before?.Definition == definition)
                {
                    return framework;
                }

                if (before is null && own.Count >= MostOwn)
                {
                    return ComplianceRefusals.ManyFrameworks(MostOwn);
                }

                var row = new FrameworkRow
                {
                    FrameworkId = framework.Id,
                    ValidFrom = Conventions.ToStoredPrecision(_clock.GetUtcNow()),
                    ValidTo = Conventions.OpenEnd,
                    Definition = definition,
                    Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(definition))),
                    Reason = reason.Trim(),
                    ActorKind = caller.Actor.Kind.ToString(),
                    ActorId = caller.Actor.Id,
                    AccountId = caller.Account,
                };
                await FrameworkStore.EndAsync(transaction, framework.Id, row.ValidFrom, cancellationToken);
                await FrameworkStore.InsertAsync(transaction, row, cancellationToken);
                await NoteAsync(transaction, "framework-brought", (before, row), reason, caller, cancellationToken);
                return framework;
            },
            cancellationToken);
    }

    /// <summary>Removes one of one's own. What was recorded as evidence for its controls stays.</summary>
    public async Task<Result<Framework>> RemoveAsync(string id, string reason, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ManageCompliance) ?? SyncRefusals.BadReason(reason)) is { } refusal)
        {
            return refusal;
        }

        return await _database.InTransactionAsync<Result<Framework>>(
            async transaction =>
            {
                await Database.LockAsync(transaction, "frameworks", cancellationToken);
                if (await FrameworkStore.FindRowAsync(transaction, id, cancellationToken) is not { } row)
                {
                    return FrameworkCatalogue.Find(id) is null ? ComplianceRefusals.NoSuchFramework(id) : ComplianceRefusals.FrameworkNotOwn(id);
                }

                var chosen = await FrameworkStore.ChosenAsync(transaction, cancellationToken);
                if (chosen is [var only] && only == id)
                {
                    return ComplianceRefusals.OnlyFollowed(id);
                }

                if (chosen.Remove(id))
                {
                    await FrameworkStore.ChooseAsync(transaction, chosen, cancellationToken);
                }

                await FrameworkStore.EndAsync(transaction, id, Conventions.ToStoredPrecision(_clock.GetUtcNow()), cancellationToken);
                await NoteAsync(transaction, "framework-removed", (row, null), reason, caller, cancellationToken);
                return row.ToFramework();
            },
            cancellationToken);
    }

    private Task NoteAsync(Transaction transaction, string action, (FrameworkRow? Before, FrameworkRow? After) rows, string reason, Caller caller, CancellationToken cancellationToken) => _audit.AppendAsync(
        transaction,
        new AuditEvent { Actor = caller.Actor, Action = action, SubjectKind = "framework", SubjectId = (rows.After ?? rows.Before)!.FrameworkId, Before = TextOf(rows.Before), After = TextOf(rows.After), Reason = reason.Trim() },
        cancellationToken);

    private static string? TextOf(FrameworkRow? row)
    {
        if (row is null)
        {
            return null;
        }

        var framework = row.ToFramework();
        SortedDictionary<string, string> text = new(StringComparer.Ordinal) { ["name"] = framework.Name, ["edition"] = framework.Edition, ["controls"] = $"{framework.Controls.Count}", ["sha256"] = row.Sha256 };
        return JsonSerializer.Serialize(text, ComplianceJson.Default.SortedDictionaryStringString);
    }
}

/// <summary>A framework, and what it was.</summary>
/// <param name="Framework">As it is now.</param>
/// <param name="Versions">All definitions, newest first; none for frameworks that come with Watchbill.</param>
public sealed record FrameworkHistory(Framework Framework, IReadOnlyList<FrameworkVersion> Versions)
{
    /// <summary>Whether it is one's own.</summary>
    public bool IsOwn => Versions.Count > 0;
}

/// <summary>A definition that holds or held.</summary>
/// <param name="From">Since when.</param>
/// <param name="To">Until when; null while it holds.</param>
/// <param name="Sha256">SHA-256 of the definition, in hex.</param>
/// <param name="Reason">Why it was brought.</param>
public sealed record FrameworkVersion(DateTimeOffset From, DateTimeOffset? To, string Sha256, string Reason)
{
    /// <summary>Whose account brought it; null for none.</summary>
    public AccountId? Account { get; init; }
}
