namespace Watchbill.Sentry.Simulator.State.Auditing;

/// <summary>The API names of all audit events of the open-source server, as <c>options</c> lists them.</summary>
internal static class AuditEvents
{
    public static IReadOnlyList<string> Names { get; } = Split("""
        alertrule.create alertrule.edit alertrule.mute alertrule.remove api-key.create api-key.edit api-key.remove autofix-settings.edit
        data-secrecy.waived detector.add detector.edit detector.remove detector_workflow.add detector_workflow.remove integration.add
        integration.disable integration.edit integration.remove integration.rotate-client-secret integration.upgrade
        internal-integration.add-token internal-integration.create internal-integration.disable internal-integration.remove-token
        invite-request.create invite-request.remove invite.remove issue.delete member.accept-invite member.add member.edit member.invite
        member.join-team member.leave-team member.pending member.reinvite member.remove metric.block metric.tags.block metric.tags.unblock
        metric.unblock monitor.add monitor.edit monitor.environment.edit monitor.environment.remove monitor.remove notification_action.create
        notification_action.edit notification_action.remove org-auth-token.create org-auth-token.remove org.console-platform.edit org.create
        org.edit org.remove org.restore playstation-client-id.create playstation-client-id.remove project-team.add project-team.remove
        project.accept-transfer project.change-performance-issue-detection project.create project.create-with-origin project.disable
        project.edit project.enable project.ownership-rule.edit project.remove project.remove-with-origin project.request-transfer
        project_template.create projectkey.change projectkey.create projectkey.edit projectkey.remove replay-deletion-jobs.start
        replay-deletion-jobs.stop rule.create rule.disable rule.edit rule.mute rule.remove sampling_priority.disabled sampling_priority.enabled
        sentry-app.add sentry-app.install sentry-app.remove sentry-app.uninstall servicehook.create servicehook.edit servicehook.remove
        span_extraction_rule_config.create span_extraction_rule_config.delete span_extraction_rule_config.update sso-identity.link sso.disable
        sso.edit sso.enable tagkey.remove team-and-project.created team.create team.edit team.remove uptime_monitor.add uptime_monitor.edit
        uptime_monitor.remove workflow.add workflow.edit workflow.remove
        """);

    private static string[] Split(string names) => names.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
