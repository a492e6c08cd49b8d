using Watchbill.Kernel;
using Contract = Watchbill.Contracts.Requests;

namespace Watchbill.Requests;

/// <summary>Requests as the HTTP API has them.</summary>
internal static class RequestContracts
{
    public static RequestDraft Of(Contract.NewAccessRequest request) => new()
    {
        Connector = new ConnectorId(request.Connector),
        Target = new AccessTarget(Word.Parse<AccessKind>(request.Kind) ?? default, request.Team, request.Role),
        Project = request.Project,
        Member = request.Member,
        Reason = request.Reason,
        Ticket = request.Ticket,
        Minutes = request.Minutes,
        StartsAt = request.StartsAt,
        IsBreakGlass = request.IsBreakGlass,
    };

    public static Contract.AccessRequest Of(AccessRequest request) => new()
    {
        Id = request.Id.Value,
        Connector = request.Connector.Value,
        Account = request.Account?.Value,
        Member = request.Member,
        MemberName = request.MemberName,
        Kind = Word.Of(request.Target.Kind),
        Team = request.Target.Team,
        ResourceName = request.ResourceName,
        Role = request.Target.Role,
        Project = request.ProjectName,
        Reason = request.Reason,
        Ticket = request.Ticket,
        Minutes = request.Minutes,
        StartsAt = request.StartsAt,
        State = Word.Of(request.State),
        Policy = request.Policy.Value,
        PolicyVersion = request.PolicyVersion,
        Steps = [.. request.Steps.Select(static step => new Contract.DecisionStep(step.Approvers, step.By, step.Needed))],
        Step = request.Step,
        IsBreakGlass = request.IsBreakGlass,
        RequestedAt = request.RequestedAt,
        ExpiresAt = request.ExpiresAt,
        DecidedAt = request.DecidedAt,
        GrantedMinutes = request.GrantedMinutes,
        Note = request.Note,
        WasJustified = request.WasJustified,
    };

    public static Contract.AccessRequestDetails Of(RequestDetails details) => new(
        Of(details.Request),
        [.. details.Said.Select(static said => new Contract.RequestAnswer(said.Step, said.Account?.Value, Word.Of(said.Verdict), said.Minutes, said.Reason, said.At))],
        details.Grant is { } grant ? Of(grant) : null,
        details.IsMine);

    public static Contract.TemporaryGrant Of(TemporaryGrant grant) => new()
    {
        Id = grant.Id.Value,
        Request = grant.Request.Value,
        Connector = grant.Connector.Value,
        Member = grant.Member,
        Kind = Word.Of(grant.Target.Kind),
        Team = grant.Target.Team,
        Role = grant.Target.Role,
        StartsAt = grant.StartsAt,
        EndsAt = grant.EndsAt,
        State = Word.Of(grant.State),
        Provisioning = Word.Of(grant.Provisioning),
        BeforeRole = grant.BeforeRole,
        IsBeforeKnown = grant.IsBeforeKnown,
        ChangeInSentry = grant.Task?.Value,
        ProvenAt = grant.ProvenAt,
        Ending = grant.Ending is { } ending ? Word.Of(ending) : null,
        RevokedAt = grant.RevokedAt,
        Note = grant.Note,
    };

    public static Contract.CatalogueEntry Of(CatalogueEntry entry) => new()
    {
        Kind = Word.Of(entry.Target.Kind),
        Team = entry.Target.Team,
        Name = entry.Name,
        Role = entry.Target.Role,
        Project = entry.Project?.Slug,
        Held = entry.Held,
        LongestMinutes = entry.LongestMinutes,
    };

    /// <summary>What somebody sends; a word that is not known is refused.</summary>
    public static Result<RequestPolicy> Of(Contract.RequestPolicy policy)
    {
        var kinds = policy.Kinds.Select(Word.Parse<AccessKind>).ToList();
        var rules = policy.Steps.Select(static step => step.Rules.Select(Word.Parse<ApproverRule>).ToList()).ToList();
        if (kinds.Contains(null) || rules.Exists(static step => step.Contains(null)))
        {
            return RequestRefusals.BadPolicy("Kinds are team-membership and org-role; rules of a step are team-admin, manager, source-owner and named.");
        }

        return new RequestPolicy
        {
            Id = new RequestPolicyId(policy.Id),
            Name = policy.Name,
            Position = policy.Position,
            IsOn = policy.IsOn,
            Version = policy.Version,
            Rules = new PolicyRules
            {
                Connector = policy.Connector,
                Kinds = [.. kinds.OfType<AccessKind>()],
                Teams = policy.Teams,
                Roles = policy.Roles,
                AskerTeams = policy.AskerTeams,
                LongestMinutes = policy.LongestMinutes,
                AllowForever = policy.AllowForever,
                Steps = [.. policy.Steps.Zip(rules, static (step, known) => new ApprovalStep { Rules = [.. known.OfType<ApproverRule>()], Named = step.Named, Needed = step.Needed })],
                ReasonLength = policy.ReasonLength,
                TicketPattern = policy.TicketPattern,
                AnswerWithinHours = policy.AnswerWithinHours,
                Auto = policy.Auto is { } auto ? new AutoApproval { OnTeams = auto.OnTeams, UpToMinutes = auto.UpToMinutes, FromHour = auto.FromHour, UntilHour = auto.UntilHour, TimeZone = auto.TimeZone } : null,
                BreakGlassMinutes = policy.BreakGlassMinutes,
                ReviewWithinHours = policy.ReviewWithinHours,
            },
        };
    }

    public static Contract.RequestPolicy Of(RequestPolicy policy) => new()
    {
        Id = policy.Id.Value,
        Name = policy.Name,
        Position = policy.Position,
        IsOn = policy.IsOn,
        Version = policy.Version,
        Connector = policy.Rules.Connector,
        Kinds = [.. policy.Rules.Kinds.Select(Word.Of)],
        Teams = policy.Rules.Teams,
        Roles = policy.Rules.Roles,
        AskerTeams = policy.Rules.AskerTeams,
        LongestMinutes = policy.Rules.LongestMinutes,
        AllowForever = policy.Rules.AllowForever,
        Steps = [.. policy.Rules.Steps.Select(static step => new Contract.PolicyStep { Rules = [.. step.Rules.Select(Word.Of)], Named = step.Named, Needed = step.Needed })],
        ReasonLength = policy.Rules.ReasonLength,
        TicketPattern = policy.Rules.TicketPattern,
        AnswerWithinHours = policy.Rules.AnswerWithinHours,
        Auto = policy.Rules.Auto is { } auto
            ? new Contract.PolicyAutoApproval { OnTeams = auto.OnTeams, UpToMinutes = auto.UpToMinutes, FromHour = auto.FromHour, UntilHour = auto.UntilHour, TimeZone = auto.TimeZone }
            : null,
        BreakGlassMinutes = policy.Rules.BreakGlassMinutes,
        ReviewWithinHours = policy.Rules.ReviewWithinHours,
    };
}
