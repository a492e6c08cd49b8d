using Watchbill.Compliance.Actions;
using Watchbill.Compliance.Artifacts;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Runs;
using Watchbill.Compliance.Settings;
using Watchbill.Storage;

namespace Watchbill.Compliance;

/// <summary>What the conventions cannot know about this feature's tables.</summary>
internal static class ComplianceStoreMapping
{
    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(CheckOutcome), typeof(string));
        builder.MappingSchema.SetDefaultFromEnumType(typeof(ResourceKind), typeof(string));
        builder.MappingSchema.SetDefaultFromEnumType(typeof(ExceptionState), typeof(string));
        builder.MappingSchema.SetDefaultFromEnumType(typeof(ActionState), typeof(string));
        builder.MappingSchema.SetDefaultFromEnumType(typeof(ActionNoteKind), typeof(string));
        builder.MappingSchema.SetDefaultFromEnumType(typeof(Severity), typeof(string));
        builder.Entity<CheckRunRow>().HasTableName("check_run").HasIdentityKey(row => row.Id);
        builder.Entity<CheckLineRow>().HasTableName("check_line").HasPrimaryKey(row => new { row.RunId, row.CheckId });
        builder.Entity<CheckResultRow>().HasTableName("check_result").HasPrimaryKey(row => new { row.ConnectorId, row.CheckId, row.ResourceKind, row.ResourceKey, row.ValidFrom });
        builder.Entity<CheckParameterRow>().HasTableName("check_parameter").HasPrimaryKey(row => new { row.ConnectorId, row.CheckId, row.Name, row.ValidFrom });
        builder.Entity<CheckExceptionRow>().HasTableName("check_exception").HasIdentityKey(row => row.Id);
        builder.Entity<ActionRow>().HasTableName("compliance_action").HasIdentityKey(row => row.Id);
        builder.Entity<ActionNoteRow>().HasTableName("action_note").HasIdentityKey(row => row.Id);
        builder.Entity<ArtifactRow>().HasTableName("artifact").HasIdentityKey(row => row.Id);
        builder.Entity<ArtifactBlobRow>().HasTableName("artifact_blob").HasKey(row => row.Sha256);
        builder.Entity<FrameworkRow>().HasTableName("framework_definition").HasPrimaryKey(row => new { row.FrameworkId, row.ValidFrom });
        builder.Entity<FollowedFrameworkRow>().HasTableName("followed_framework").HasKey(row => row.FrameworkId);
        builder.Entity<LogAcknowledgement>().HasPrimaryKey(row => new { row.ConnectorId, row.EntryId });
    });
}
