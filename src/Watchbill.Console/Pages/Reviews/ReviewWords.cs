using Watchbill.Connectors;
using Watchbill.Console.Shared;
using Watchbill.Kernel;
using Watchbill.Reviews;

namespace Watchbill.Console.Pages.Reviews;

/// <summary>How reviews are called on screen, and in which mood.</summary>
internal static class ReviewWords
{
    /// <summary>Somebody by the name of their account; by its number when it is closed.</summary>
    public static string Of(AccountId account, IReadOnlyList<OwnerAccount> accounts) => accounts.FirstOrDefault(one => one.Id == account)?.Name ?? $"account {account}";

    public static string Of(CampaignState state) => state switch
    {
        CampaignState.Draft => "draft",
        CampaignState.Scheduled => "scheduled",
        CampaignState.Running => "running",
        CampaignState.Closing => "closing",
        CampaignState.Completed => "completed",
        CampaignState.Cancelled => "cancelled",
    };

    public static Tone ToneOf(CampaignState state) => state switch
    {
        CampaignState.Running or CampaignState.Closing => Tone.Info,
        CampaignState.Completed => Tone.Good,
        CampaignState.Draft or CampaignState.Scheduled or CampaignState.Cancelled => Tone.Plain,
    };

    public static string Of(GrantKind kind) => kind switch
    {
        GrantKind.OrgRole => "Organization role",
        GrantKind.TeamMembership => "Place on a team",
        GrantKind.NonHuman => "Integration, token or key",
    };

    public static string Of(Decision decision) => decision switch
    {
        Decision.Certify => "keep",
        Decision.Revoke => "revoke",
        Decision.ChangeRole => "change role",
        Decision.Except => "exception",
    };

    public static Tone ToneOf(Decision decision) => decision switch
    {
        Decision.Certify => Tone.Good,
        Decision.Revoke => Tone.Bad,
        Decision.ChangeRole or Decision.Except => Tone.Warning,
    };

    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Open => "open",
        Outcome.Kept => "kept",
        Outcome.Excepted => "excepted",
        Outcome.Changing => "being made",
        Outcome.Proven => "proven",
        Outcome.Escalated => "needs a person",
    };

    public static Tone ToneOf(Outcome outcome) => outcome switch
    {
        Outcome.Kept or Outcome.Proven => Tone.Good,
        Outcome.Excepted => Tone.Warning,
        Outcome.Changing => Tone.Info,
        Outcome.Escalated => Tone.Bad,
        Outcome.Open => Tone.Plain,
    };

    public static string Of(Advice advice) => advice switch
    {
        Advice.Keep => "keep",
        Advice.Look => "look twice",
        Advice.Revoke => "revoke",
    };

    public static Tone ToneOf(Advice advice) => advice switch
    {
        Advice.Keep => Tone.Plain,
        Advice.Look => Tone.Warning,
        Advice.Revoke => Tone.Bad,
    };

    public static string Of(ReviewerRule rule) => rule switch
    {
        ReviewerRule.Manager => "the person's manager",
        ReviewerRule.TeamAdmin => "an admin of the team",
        ReviewerRule.Named => "the people named",
    };
}
