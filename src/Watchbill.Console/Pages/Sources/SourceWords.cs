using Watchbill.Access;
using Watchbill.Access.Effective;
using Watchbill.Connectors;
using Watchbill.Connectors.Preflight;
using Watchbill.Console.Shared;

namespace Watchbill.Console.Pages.Sources;

/// <summary>How states and outcomes are called on screen, and in which mood.</summary>
internal static class SourceWords
{
    public static string Of(Connector connector) =>
        connector is { State: ConnectorState.NotConnected, TokenKind: null } ? "Waits for credentials" : Of(connector.State);

    public static string Of(ConnectorState state) => state switch
    {
        ConnectorState.NotConnected => "Not read yet",
        ConnectorState.Syncing => "Syncing",
        ConnectorState.Connected => "Connected",
        ConnectorState.Degraded => "Degraded",
        ConnectorState.Failed => "Failed",
        ConnectorState.Paused => "Paused",
        ConnectorState.NeedsConfirmation => "Needs confirmation",
    };

    public static Tone ToneOf(ConnectorState state) => state switch
    {
        ConnectorState.Connected => Tone.Good,
        ConnectorState.Syncing => Tone.Info,
        ConnectorState.Degraded or ConnectorState.NeedsConfirmation => Tone.Warning,
        ConnectorState.Failed => Tone.Bad,
        ConnectorState.NotConnected or ConnectorState.Paused => Tone.Plain,
    };

    public static string Of(SyncRunState state) => state switch
    {
        SyncRunState.Running => "Running",
        SyncRunState.Succeeded => "Complete",
        SyncRunState.Degraded => "Incomplete",
        SyncRunState.Failed => "Failed",
        SyncRunState.NeedsConfirmation => "Waits for a decision",
        SyncRunState.Rejected => "Rejected",
        SyncRunState.Interrupted => "Interrupted",
    };

    public static Tone ToneOf(SyncRunState state) => state switch
    {
        SyncRunState.Succeeded => Tone.Good,
        SyncRunState.Running => Tone.Info,
        SyncRunState.Degraded or SyncRunState.NeedsConfirmation => Tone.Warning,
        SyncRunState.Failed => Tone.Bad,
        SyncRunState.Rejected or SyncRunState.Interrupted => Tone.Plain,
    };

    public static string Of(ScopeOutcome outcome) => outcome switch
    {
        ScopeOutcome.Unchanged => "Unchanged",
        ScopeOutcome.Applied => "Applied",
        ScopeOutcome.Held => "Held back",
        ScopeOutcome.Failed => "Not read",
        ScopeOutcome.NotPermitted => "Not permitted",
    };

    public static Tone ToneOf(ScopeOutcome outcome) => outcome switch
    {
        ScopeOutcome.Applied => Tone.Good,
        ScopeOutcome.Unchanged => Tone.Plain,
        ScopeOutcome.Held or ScopeOutcome.NotPermitted => Tone.Warning,
        ScopeOutcome.Failed => Tone.Bad,
    };

    public static string Of(ProbeOutcome outcome) => outcome switch
    {
        ProbeOutcome.Passed => "Passed",
        ProbeOutcome.Warning => "With a limit",
        ProbeOutcome.Failed => "Failed",
        ProbeOutcome.NotRun => "Not asked",
    };

    public static Tone ToneOf(ProbeOutcome outcome) => outcome switch
    {
        ProbeOutcome.Passed => Tone.Good,
        ProbeOutcome.Warning => Tone.Warning,
        ProbeOutcome.Failed => Tone.Bad,
        ProbeOutcome.NotRun => Tone.Plain,
    };

    public static string Of(FactKind kind) => kind switch
    {
        FactKind.Organization => "Organization",
        FactKind.AuthProvider => "Sign-on provider",
        FactKind.Member => "Members and invitations",
        FactKind.Team => "Teams",
        FactKind.TeamMembership => "Team memberships",
        FactKind.Project => "Projects",
        FactKind.ProjectTeam => "Projects of teams",
        FactKind.NonHuman => "Non-human principals",
    };

    /// <summary>What a scope is, for people.</summary>
    /// <param name="scope">Its name.</param>
    /// <param name="teams">The organization, for the names of its teams; null when it was never read.</param>
    public static string OfScope(string scope, AccessGraph? teams) => scope switch
    {
        Scope.Organization => "Organization and its settings",
        Scope.AuthProvider => "Single sign-on",
        Scope.Members => "Members and invitations",
        Scope.Teams => "Teams",
        Scope.Projects => "Projects and their teams",
        Scope.SentryApps => "Internal integrations and apps",
        Scope.Integrations => "Connections to other products",
        Scope.OrganizationTokens => "Organization tokens",
        Scope.ClientKeys => "Client keys",
        _ => Scope.TeamOf(scope) is { } id ? $"Members of team {teams?.FindTeam(id)?.Slug ?? id}" : scope,
    };

    /// <summary>How long a run has taken, or takes so far.</summary>
    public static string Took(SyncRun run) => run.FinishedAt is { } end ? Took(end - run.StartedAt) : "";

    public static string Took(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => $"{time.TotalMilliseconds:0} ms",
        { TotalMinutes: < 1 } => $"{time.TotalSeconds:0.0} s",
        { TotalHours: < 1 } => $"{(int)time.TotalMinutes} min {time.Seconds} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes} min",
    };
}
