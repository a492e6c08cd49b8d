using Watchbill.Connectors;
using Watchbill.Kernel;

namespace Watchbill.Requests.Files;

/// <summary>A source with its teams: slugs by Sentry's ids.</summary>
internal sealed record NamedSource(ConnectorId Id, string Name, IReadOnlyDictionary<string, string> Teams);

/// <summary>Turns ids into names and back. An id without a name is written as it is.</summary>
internal sealed class PolicyNames(IReadOnlyList<NamedSource> sources, AccountBook book)
{
    public PolicyEntry Write(RequestPolicy policy)
    {
        var rules = policy.Rules;
        var source = sources.FirstOrDefault(one => one.Id.Value == rules.Connector);
        return new PolicyEntry
        {
            Name = policy.Name,
            Position = policy.Position,
            On = policy.IsOn,
            Source = source?.Name ?? rules.Connector?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Kinds = [.. rules.Kinds.Select(Word.Of)],
            Roles = [.. rules.Roles],
            Teams = Slugs(rules.Teams),
            AskerTeams = Slugs(rules.AskerTeams),
            LongestMinutes = rules.LongestMinutes,
            AllowForever = rules.AllowForever,
            ReasonLength = rules.ReasonLength,
            TicketPattern = rules.TicketPattern,
            AnswerWithinHours = rules.AnswerWithinHours,
            Steps = [.. rules.Steps.Select(step => new StepEntry { Rules = [.. step.Rules.Select(Word.Of)], Named = [.. step.Named.Select(AddressOf)], Needed = step.Needed })],
            Automatic = rules.Auto is { } auto
                ? new AutomaticEntry { OnTeams = Slugs(auto.OnTeams), UpToMinutes = auto.UpToMinutes, FromHour = auto.FromHour, UntilHour = auto.UntilHour, TimeZone = auto.TimeZone }
                : null,
            EmergencyMinutes = rules.BreakGlassMinutes,
            ReviewWithinHours = rules.ReviewWithinHours,
        };

        List<string> Slugs(IReadOnlyList<string> ids) => [.. ids.Select(id => source?.Teams.GetValueOrDefault(id) ?? id)];
    }

    /// <summary>The policy that an entry means; a refusal names what is not known.</summary>
    public Result<RequestPolicy> Read(PolicyEntry entry)
    {
        if (string.IsNullOrWhiteSpace(entry.Name))
        {
            return RequestRefusals.BadPolicyFile("a policy has no name");
        }

        var source = entry.Source is null ? null : sources.FirstOrDefault(one => one.Name == entry.Source || one.Id.ToString() == entry.Source);
        if (entry.Source is not null && source is null)
        {
            return Unknown(entry, "source", entry.Source);
        }

        var (teams, askers, onTeams) = (Ids(entry, entry.Teams, source), Ids(entry, entry.AskerTeams, source), Ids(entry, entry.Automatic?.OnTeams, source));
        var (kinds, steps) = (Words<AccessKind>(entry, entry.Kinds, "kind"), Steps(entry));
        if ((teams.Refusal ?? askers.Refusal ?? onTeams.Refusal ?? kinds.Refusal ?? steps.Refusal) is { } refusal)
        {
            return refusal;
        }

        var usual = new PolicyRules();
        var rules = usual with
        {
            Connector = source?.Id.Value,
            Kinds = entry.Kinds is null ? usual.Kinds : kinds.Value,
            Roles = entry.Roles ?? usual.Roles,
            Teams = teams.Value,
            AskerTeams = askers.Value,
            LongestMinutes = entry.LongestMinutes ?? usual.LongestMinutes,
            AllowForever = entry.AllowForever,
            Steps = entry.Steps is null ? [] : steps.Value,
            ReasonLength = entry.ReasonLength ?? usual.ReasonLength,
            TicketPattern = entry.TicketPattern,
            AnswerWithinHours = entry.AnswerWithinHours ?? usual.AnswerWithinHours,
            Auto = entry.Automatic is { } auto
                ? new AutoApproval { OnTeams = onTeams.Value, UpToMinutes = auto.UpToMinutes, FromHour = auto.FromHour, UntilHour = auto.UntilHour, TimeZone = auto.TimeZone ?? "UTC" }
                : null,
            BreakGlassMinutes = entry.EmergencyMinutes,
            ReviewWithinHours = entry.ReviewWithinHours ?? usual.ReviewWithinHours,
        };
        return new RequestPolicy { Name = entry.Name.Trim(), Position = entry.Position, IsOn = entry.On, Rules = rules };
    }

    private Result<IReadOnlyList<ApprovalStep>> Steps(PolicyEntry entry)
    {
        List<ApprovalStep> steps = [];
        foreach (var step in entry.Steps ?? [])
        {
            var rules = Words<ApproverRule>(entry, step.Rules, "rule");
            if (!rules.Succeeded)
            {
                return rules.Refusal!;
            }

            List<long> named = [];
            foreach (var address in step.Named ?? [])
            {
                if (book.All.FirstOrDefault(account => account.Email.Equals(address, StringComparison.OrdinalIgnoreCase) || account.Id.ToString() == address) is not { } account)
                {
                    return Unknown(entry, "account", address);
                }

                named.Add(account.Id.Value);
            }

            steps.Add(new ApprovalStep { Rules = rules.Value, Named = named, Needed = step.Needed });
        }

        return Result.Of<IReadOnlyList<ApprovalStep>>(steps);
    }

    private static Result<IReadOnlyList<string>> Ids(PolicyEntry entry, IReadOnlyList<string>? names, NamedSource? source)
    {
        List<string> ids = [];
        foreach (var name in names ?? [])
        {
            var found = source?.Teams.FirstOrDefault(team => team.Value == name).Key ?? (name.Length is > 0 and <= 50 && name.All(char.IsAsciiDigit) ? name : null);
            if (found is null)
            {
                return source is null
                    ? RequestRefusals.BadPolicyFile($"the policy {entry.Name} names the team {name}, but no source; teams belong to one")
                    : Unknown(entry, "team", name);
            }

            ids.Add(found);
        }

        return Result.Of<IReadOnlyList<string>>(ids);
    }

    private static Result<IReadOnlyList<TWord>> Words<TWord>(PolicyEntry entry, IReadOnlyList<string>? words, string what)
        where TWord : struct, Enum
    {
        List<TWord> known = [];
        foreach (var word in words ?? [])
        {
            if (Word.Parse<TWord>(word) is not { } one)
            {
                return Unknown(entry, what, word);
            }

            known.Add(one);
        }

        return Result.Of<IReadOnlyList<TWord>>(known);
    }

    private string AddressOf(long account) => book.All.FirstOrDefault(one => one.Id.Value == account)?.Email ?? account.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Refusal Unknown(PolicyEntry entry, string what, string name) => RequestRefusals.BadPolicyFile($"the policy {entry.Name} names the {what} {name}, which is not known");
}
