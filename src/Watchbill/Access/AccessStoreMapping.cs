using LinqToDB.Mapping;
using Watchbill.Access.Facts;
using Watchbill.Access.Logged;
using Watchbill.Storage;

namespace Watchbill.Access;

/// <summary>What the conventions cannot know about the ledger's tables.</summary>
internal static class AccessStoreMapping
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(NonHumanKind), typeof(string));
        builder.MappingSchema.SetDefaultFromEnumType(typeof(FactKind), typeof(string));
        Fact<OrganizationFact>(builder);
        Fact<AuthProviderFact>(builder);
        Fact<MemberFact>(builder);
        Fact<TeamFact>(builder);
        Fact<TeamMembershipFact>(builder);
        Fact<ProjectFact>(builder);
        Fact<ProjectTeamFact>(builder);
        Fact<NonHumanFact>(builder);
        builder.Entity<LoggedEvent>().HasPrimaryKey(logged => new { logged.ConnectorId, logged.EntryId });
        builder.Entity<KnownNetwork>().HasPrimaryKey(network => new { network.ConnectorId, network.Cidr });
        builder.Entity<LoggedReach>().HasKey(reach => reach.ConnectorId);
        builder.Entity<FactCause>().HasPrimaryKey(cause => new { cause.ConnectorId, cause.Kind, cause.Key, cause.At, cause.IsEnd });
        builder.Entity<ScopeState>().HasPrimaryKey(state => new { state.ConnectorId, state.Scope });
        builder.Entity<StagedScope>().HasPrimaryKey(mark => new { mark.SyncRun, mark.Scope });
        builder.Entity<StagedActivity>().HasPrimaryKey(activity => new { activity.SyncRun, activity.Scope, activity.PrincipalKey });
        builder.Entity<PrincipalActivity>().HasPrimaryKey(activity => new { activity.ConnectorId, activity.PrincipalKey });
    });

    private static void Fact<TFact>(FluentMappingBuilder builder)
        where TFact : Fact =>
        builder.Entity<TFact>().HasPrimaryKey(fact => new { fact.ConnectorId, fact.Key, fact.ValidFrom });
}
