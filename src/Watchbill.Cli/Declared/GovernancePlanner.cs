using System.Globalization;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.Compliance;
using Watchbill.Contracts.Connectors;
using Watchbill.Contracts.Reviews;

namespace Watchbill.Cli.Declared;

/// <summary>Compares reviews, frameworks and exceptions of a declaration with a server.</summary>
/// <param name="client">The server.</param>
internal sealed class GovernancePlanner(WatchbillClient client)
{
    /// <summary>A server keeps microseconds, and a file may say more.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);

    private static readonly string[] DefaultKinds = ["org-role", "team-membership"];
    private static readonly string[] DefaultReviewers = ["manager", "team-admin"];
    private readonly AccountNames _accounts = new(client);

    /// <summary>Plans of reviews. What has started is frozen: it is left, and so is what happened.</summary>
    public async Task<IReadOnlyList<PlannedChange>> ReviewsAsync(IReadOnlyList<DeclaredReview> wanted, IReadOnlyList<Connector> sources, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0)
        {
            return [];
        }

        var there = (await client.Reviews.ListAsync(cancellationToken)).Where(static review => review.State is not "cancelled").ToList();
        List<PlannedChange> plan = [];
        foreach (var review in wanted)
        {
            var source = sources.FirstOrDefault(one => one.Name == review.Source);
            var known = there.Where(one => one.Plan.Name == review.Name && one.Plan.Connector == source?.Id).ToList();
            plan.Add(await PlanAsync(review, known, cancellationToken));
        }

        plan.AddRange(there.Where(one => IsOpen(one) && wanted.All(review => review.Name != one.Plan.Name)).Select(static one => PlannedChange.Still("review", one.Plan.Name, PlannedKind.NotNamed)));
        return plan;
    }

    /// <summary>Frameworks of one's own.</summary>
    public async Task<IReadOnlyList<PlannedChange>> FrameworksAsync(IReadOnlyList<DeclaredFramework> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0)
        {
            return [];
        }

        var there = (await client.Compliance.FrameworksAsync(cancellationToken)).Where(static framework => framework.IsOwn).Select(Of).ToList();
        List<PlannedChange> plan = [.. wanted.Select(framework => Plan(framework, there.FirstOrDefault(one => one.Id == framework.Id)))];
        plan.AddRange(there.Where(one => wanted.All(framework => framework.Id != one.Id)).Select(static one => PlannedChange.Still("framework", one.Id, PlannedKind.NotNamed)));
        return plan;
    }

    /// <summary>The frameworks that are followed.</summary>
    public async Task<IReadOnlyList<PlannedChange>> FollowedAsync(IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0)
        {
            return [];
        }

        var there = (await client.Compliance.FollowedAsync(cancellationToken)).Frameworks;
        var differences = new DifferenceList();
        differences.Compare("followed", there.Count == 0 ? ["all"] : there, wanted.Distinct(StringComparer.Ordinal));
        return [differences.Count == 0
            ? PlannedChange.Still("frameworks", "followed", PlannedKind.Same)
            : new PlannedChange("frameworks", "followed", PlannedKind.Changed, differences, stop => client.Compliance.FollowAsync(new NewFollowedFrameworks { Frameworks = wanted, Reason = PlannedChange.Reason }, stop))];
    }

    /// <summary>Exceptions. One that was asked for until this day is as it shall be, whatever somebody decided: nobody is asked twice.</summary>
    public async Task<IReadOnlyList<PlannedChange>> ExceptionsAsync(IReadOnlyList<DeclaredException> wanted, IReadOnlyList<Connector> sources, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0)
        {
            return [];
        }

        var there = await client.Compliance.ExceptionsAsync(new ExceptionQuery { All = true }, cancellationToken);
        return [.. wanted.Select(exception =>
        {
            var ends = Instant($"The end of the exception from {exception.Check}", exception.EndsAt);
            var source = sources.FirstOrDefault(one => one.Name == exception.Source)?.Id;
            var same = there.Where(one => one.Connector == source && one.Check == exception.Check && one.ResourceKind == exception.ResourceKind && one.ResourceKey == exception.ResourceKey).ToList();
            var name = $"{exception.Source}: {exception.Check}{(exception.ResourceKey is null ? "" : $" for {exception.ResourceKind} {exception.ResourceKey}")}";
            if (same.Exists(one => (one.EndsAt - ends).Duration() < Tolerance))
            {
                return PlannedChange.Still("exception", name, PlannedKind.Same);
            }

            var open = same.Find(static one => one.State is "asked" or "approved");
            var differences = new DifferenceList();
            differences.Compare("endsAt", open is null ? null : Text(open.EndsAt), Text(ends));
            return new PlannedChange("exception", name, open is null ? PlannedKind.New : PlannedKind.Changed, differences, async stop =>
            {
                if (open is not null)
                {
                    await client.Compliance.WithdrawAsync(open.Id, new ExceptionDecision { Reason = PlannedChange.Reason }, stop);
                }

                await client.Compliance.AskAsync(
                    new NewException
                    {
                        Connector = await client.SourceAsync(exception.Source, stop),
                        Check = exception.Check,
                        ResourceKind = exception.ResourceKind,
                        ResourceKey = exception.ResourceKey,
                        Reason = exception.Reason,
                        EndsAt = ends,
                    },
                    stop);
            });
        })];
    }

    /// <summary>A review as a file says it.</summary>
    public async Task<DeclaredReview> OfAsync(CampaignPlan plan, string source, CancellationToken cancellationToken)
    {
        List<DeclaredStage> later = [];
        foreach (var stage in plan.Later ?? [])
        {
            later.Add(new DeclaredStage { Reviewers = [.. stage.Rules], Named = [.. await _accounts.NamesAsync(stage.Named, cancellationToken)], Second = await NameAsync(stage.Second, cancellationToken) });
        }

        return new DeclaredReview
        {
            Name = plan.Name,
            Source = source,
            Instructions = plan.Instructions,
            Kinds = [.. plan.Kinds ?? DefaultKinds],
            Roles = [.. plan.Roles ?? []],
            Teams = [.. plan.Teams ?? []],
            PrivilegedOnly = plan.PrivilegedOnly,
            InactiveDays = plan.InactiveDays,
            NewOnly = plan.NewOnly,
            Reviewers = [.. plan.ReviewerRules ?? DefaultReviewers],
            Named = [.. await _accounts.NamesAsync(plan.Named, cancellationToken)],
            Owner = await _accounts.NameAsync(plan.Owner, cancellationToken),
            Second = await NameAsync(plan.Second, cancellationToken),
            Later = later,
            Unanswered = plan.Unanswered,
            Days = plan.Days,
            RepeatsEveryMonths = plan.RepeatsEveryMonths,
            StartsAt = plan.StartsAt is { } start ? Text(start) : null,
        };
    }

    /// <summary>A framework as a file says it.</summary>
    public static DeclaredFramework Of(Framework framework) => new()
    {
        Id = framework.Id,
        Name = framework.Name,
        Edition = framework.Edition,
        Source = framework.Source,
        ControlCount = framework.ControlCount,
        Controls = [.. framework.Controls.Select(static control => new DeclaredControl { Id = control.Id, Title = control.Title, Theme = control.Theme, Checks = [.. control.Checks] })],
    };

    /// <summary>An instant as a file says it.</summary>
    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private async Task<PlannedChange> PlanAsync(DeclaredReview review, IReadOnlyList<Campaign> known, CancellationToken cancellationToken)
    {
        var start = review.StartsAt is { } text ? Instant($"The start of the review {review.Name}", text) : (DateTimeOffset?)null;
        var wanted = review with
        {
            Kinds = review.Kinds.Count == 0 ? [.. DefaultKinds] : review.Kinds,
            Reviewers = review.Reviewers.Count == 0 ? [.. DefaultReviewers] : review.Reviewers,
            Unanswered = review.Unanswered ?? "escalate",
            Days = review.Days ?? 14,
        };
        var open = known.FirstOrDefault(IsOpen);
        if (open is null && known.Count > 0)
        {
            return PlannedChange.Still("review", review.Name, PlannedKind.Same);
        }

        if (open is null)
        {
            await MeantAsync(wanted, connector: 0, start, cancellationToken);
            return new PlannedChange("review", review.Name, PlannedKind.New, [$"{review.Source}, {(start is { } at ? $"from {Text(at)}" : "when somebody starts it")}"], async stop =>
                await client.Reviews.CreateAsync(await MeantAsync(wanted, await client.SourceAsync(review.Source, stop), start, stop), stop));
        }

        // When a later one starts follows from the first.
        var isFirst = known.Count == 1;
        var there = await OfAsync(open.Plan, review.Source, cancellationToken);
        var differences = Differences(there, wanted, withStart: isFirst);
        var plan = await MeantAsync(wanted, open.Plan.Connector, isFirst ? start : open.Plan.StartsAt, cancellationToken);
        return differences.Count == 0 ? PlannedChange.Still("review", review.Name, PlannedKind.Same)
            : new PlannedChange("review", review.Name, PlannedKind.Changed, differences, stop => client.Reviews.EditAsync(open.Id, plan, stop));
    }

    private static DifferenceList Differences(DeclaredReview there, DeclaredReview wanted, bool withStart)
    {
        var found = new DifferenceList();
        found.Compare("instructions", there.Instructions, wanted.Instructions);
        found.Compare("kinds", there.Kinds, wanted.Kinds);
        found.Compare("roles", there.Roles, wanted.Roles);
        found.Compare("teams", there.Teams, wanted.Teams);
        found.Compare("privilegedOnly", $"{there.PrivilegedOnly}", $"{wanted.PrivilegedOnly}");
        found.Compare("inactiveDays", $"{there.InactiveDays}", $"{wanted.InactiveDays}");
        found.Compare("newOnly", $"{there.NewOnly}", $"{wanted.NewOnly}");
        found.Compare("reviewers", string.Join(", ", there.Reviewers), string.Join(", ", wanted.Reviewers));
        found.Compare("named", there.Named, wanted.Named);
        found.Compare("owner", there.Owner, wanted.Owner);
        found.Compare("second", there.Second, wanted.Second);
        found.Compare("later", string.Join("; ", there.Later.Select(Told)), string.Join("; ", wanted.Later.Select(Told)));
        found.Compare("unanswered", there.Unanswered, wanted.Unanswered);
        found.Compare("days", $"{there.Days}", $"{wanted.Days}");
        found.Compare("repeatsEveryMonths", $"{there.RepeatsEveryMonths}", $"{wanted.RepeatsEveryMonths}");
        if (withStart)
        {
            found.Compare("startsAt", there.StartsAt, wanted.StartsAt is { } start ? Text(Instant("startsAt", start)) : null);
        }

        return found;
    }

    private static string Told(DeclaredStage stage) =>
        string.Join(", ", stage.Reviewers.Concat(stage.Named.Order(StringComparer.Ordinal))) + (stage.Second is { } second ? $", else {second}" : "");

    /// <summary>What a review in a file means.</summary>
    private async Task<CampaignPlan> MeantAsync(DeclaredReview review, long connector, DateTimeOffset? start, CancellationToken cancellationToken)
    {
        List<ReviewStage> later = [];
        foreach (var stage in review.Later)
        {
            later.Add(new ReviewStage { Rules = stage.Reviewers, Named = await IdsAsync(review.Name, stage.Named, cancellationToken), Second = await IdAsync(review.Name, stage.Second, cancellationToken) });
        }

        return new CampaignPlan
        {
            Connector = connector,
            Name = review.Name,
            Instructions = review.Instructions,
            Kinds = review.Kinds,
            Roles = review.Roles,
            Teams = review.Teams,
            PrivilegedOnly = review.PrivilegedOnly,
            InactiveDays = review.InactiveDays,
            NewOnly = review.NewOnly,
            ReviewerRules = review.Reviewers,
            Named = await IdsAsync(review.Name, review.Named, cancellationToken),
            Owner = await IdAsync(review.Name, review.Owner, cancellationToken) ?? throw new BadInputException($"The review {review.Name} has no owner."),
            Second = await IdAsync(review.Name, review.Second, cancellationToken),
            Later = later,
            Unanswered = review.Unanswered!,
            Days = review.Days!.Value,
            RepeatsEveryMonths = review.RepeatsEveryMonths,
            StartsAt = start,
        };
    }

    private PlannedChange Plan(DeclaredFramework wanted, DeclaredFramework? there)
    {
        var whole = wanted with { Source = wanted.Source ?? there?.Source, ControlCount = wanted.ControlCount ?? wanted.Controls.Count };
        var text = DeclarationFile.Write(whole);
        if (there is not null && DeclarationFile.Write(there) == text)
        {
            return PlannedChange.Still("framework", wanted.Id, PlannedKind.Same);
        }

        var differences = new DifferenceList();
        differences.Compare("name", there?.Name, whole.Name);
        differences.Compare("edition", there?.Edition, whole.Edition);
        differences.Compare("controlCount", $"{there?.ControlCount}", $"{whole.ControlCount}");
        differences.Compare("controls", there?.Controls.Select(Told), whole.Controls.Select(Told));
        return new PlannedChange("framework", wanted.Id, there is null ? PlannedKind.New : PlannedKind.Changed, there is null ? [$"{whole.Name}, {whole.Controls.Count} controls"] : differences, stop =>
            client.Compliance.BringFrameworkAsync(new NewFramework { Yaml = text, Reason = PlannedChange.Reason }, stop));
    }

    private static string Told(DeclaredControl control) => $"{control.Id} ({string.Join(' ', control.Checks)})";

    /// <summary>Whether a review has not started: what it is made of may change.</summary>
    public static bool IsOpen(Campaign review) => review.State is "draft" or "scheduled";

    private static DateTimeOffset Instant(string what, string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw new BadInputException($"{what} is no instant: '{text}'. Write it like 2027-01-04T08:00:00Z.");

    private async Task<string?> NameAsync(long? id, CancellationToken cancellationToken) => id is { } known ? await _accounts.NameAsync(known, cancellationToken) : null;

    private async Task<long?> IdAsync(string review, string? name, CancellationToken cancellationToken) => string.IsNullOrWhiteSpace(name) ? null
        : await _accounts.IdAsync(name, cancellationToken) ?? throw new BadInputException($"The review {review} names {name}, who has no account.");

    private async Task<IReadOnlyList<long>> IdsAsync(string review, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        List<long> ids = [];
        foreach (var name in names)
        {
            ids.Add((await IdAsync(review, name, cancellationToken))!.Value);
        }

        return ids;
    }
}
