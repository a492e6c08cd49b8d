using Microsoft.Extensions.DependencyInjection;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Inviting;
using Watchbill.People.SigningIn;
using Watchbill.Reviews;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Server.Testing;

namespace Watchbill.Cli.Tests;

/// <summary>A review of the first source's teams that is decided to the last line and waits to be closed; eight places on teams are revoked.</summary>
/// <param name="Id">The review.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Revoked">The member and team of each revoked place.</param>
internal sealed record DecidedReview(CampaignId Id, Caller Owner, IReadOnlyList<string> Revoked)
{
    public static async Task<DecidedReview> PrepareAsync(IServiceProvider services, Organization organization)
    {
        var owner = await JoinAsync(services, "owner@example.org");
        var reviewer = await JoinAsync(services, "reviewer@example.org");
        var plan = new CampaignDraft
        {
            Connector = new ConnectorId(1),
            Name = "Quarter",
            Owner = owner.Account!.Value,
            Reviewers = new ReviewerChoice { Rules = [ReviewerRule.Named], Named = [reviewer.Account!.Value.Value] },
            Scope = new ReviewScope { Kinds = [GrantKind.TeamMembership] },
        };
        var campaign = ServedPeople.Must(await services.GetRequiredService<ManageCampaigns>().CreateAsync(plan, owner, default));
        ServedPeople.Must(await services.GetRequiredService<StartCampaign>().RunAsync(campaign.Id, owner, default));
        var items = ServedPeople.Must(await services.GetRequiredService<CampaignReport>().RunAsync(campaign.Id, owner, default)).Items;
        var ownTeams = organization.Teams.Where(static team => !team.IsIdpProvisioned).Select(static team => $"{team.Id}").ToHashSet();
        var revoked = items.Where(item => item is { IsPrivileged: false, Facts.State: "active" } && ownTeams.Contains(item.Resource)).DistinctBy(static item => item.Principal).Take(8).ToList();
        var drafts = items.Select(item => new DraftDecision(item.Id, revoked.Contains(item) ? Decision.Revoke : Decision.Certify) { Reason = "Looked at." });
        ServedPeople.Must(await services.GetRequiredService<DecideItems>().DraftAsync(campaign.Id, [.. drafts], reviewer, default));
        ServedPeople.Must(await services.GetRequiredService<DecideItems>().SubmitAsync(campaign.Id, reviewer, default));
        return new DecidedReview(campaign.Id, owner, [.. revoked.Select(static item => $"{item.Principal} {item.Resource}").Order(StringComparer.Ordinal)]);
    }

    private static async Task<Caller> JoinAsync(IServiceProvider services, string address)
    {
        var invited = ServedPeople.Must(await services.GetRequiredService<InvitePerson>().InviteAsync(new InviteInput(address, null, [Role.ComplianceManager]), ServedPeople.Operator, default));
        var accept = new AcceptInput(ServedPeople.SecretOf(invited.Link.Address), "Kim Example", ServedPeople.Password);
        var entered = ServedPeople.Must(await services.GetRequiredService<AcceptInvitation>().RunAsync(accept, new Visitor("127.0.0.1", "Test"), default));
        return (await services.GetRequiredService<Sessions>().FindAsync(((Entered.In)entered).SignedIn.Token, "127.0.0.1", default))!.Caller;
    }
}
