using System.Text.Json.Serialization;

namespace Watchbill.Sentry.Json;

/// <summary>Every shape this client reads. Unknown members are skipped; only ids are required.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(TextConverter), typeof(InstantConverter), typeof(AuditPersonConverter)])]
[JsonSerializable(typeof(SentryApiIndex))]
[JsonSerializable(typeof(SentryRegionList))]
[JsonSerializable(typeof(SentryUser))]
[JsonSerializable(typeof(SentryOrganization))]
[JsonSerializable(typeof(List<SentryOrganization>))]
[JsonSerializable(typeof(List<SentryMember>))]
[JsonSerializable(typeof(SentryMemberDetail))]
[JsonSerializable(typeof(List<SentryTeam>))]
[JsonSerializable(typeof(List<SentryTeamMember>))]
[JsonSerializable(typeof(List<SentryProject>))]
[JsonSerializable(typeof(ScimPage<ScimUser>))]
[JsonSerializable(typeof(ScimPage<ScimGroup>))]
[JsonSerializable(typeof(List<SentryEnvironment>))]
[JsonSerializable(typeof(List<SentryClientKey>))]
[JsonSerializable(typeof(List<SentryIntegration>))]
[JsonSerializable(typeof(List<SentryApp>))]
[JsonSerializable(typeof(SentryApp))]
[JsonSerializable(typeof(List<SentryAppInstallation>))]
[JsonSerializable(typeof(List<SentryOrganizationToken>))]
[JsonSerializable(typeof(List<SentryAccessRequest>))]
[JsonSerializable(typeof(SentryAuthProvider))]
[JsonSerializable(typeof(SentryAuditPage))]
[JsonSerializable(typeof(List<SentryIssue>))]
[JsonSerializable(typeof(List<SentryRelease>))]
[JsonSerializable(typeof(List<SentryDeploy>))]
[JsonSerializable(typeof(List<SentryCommit>))]
[JsonSerializable(typeof(List<SentryRepository>))]
[JsonSerializable(typeof(List<SentryMonitor>))]
[JsonSerializable(typeof(List<SentryDetector>))]
[JsonSerializable(typeof(List<SentryWorkflow>))]
[JsonSerializable(typeof(SentryIssueDetail))]
[JsonSerializable(typeof(List<SentryIssueEvent>))]
[JsonSerializable(typeof(SentryProjectSettings))]
[JsonSerializable(typeof(List<SentryInboundFilter>))]
[JsonSerializable(typeof(SentryOwnershipRules))]
[JsonSerializable(typeof(List<SentryServiceHook>))]
[JsonSerializable(typeof(List<SentryDataForwarder>))]
[JsonSerializable(typeof(List<SentryRelay>))]
[JsonSerializable(typeof(SentryUsageSummary))]
[JsonSerializable(typeof(SentryUsageTotals))]
internal sealed partial class SentryJson : JsonSerializerContext;
