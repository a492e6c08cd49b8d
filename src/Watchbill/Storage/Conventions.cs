using System.Linq.Expressions;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.Mapping;
using Watchbill.Kernel;

namespace Watchbill.Storage;

/// <summary>
/// How C# becomes columns, said once for both engines: names in snake_case, instants as UTC microseconds since 1970,
/// enums as their names, typed ids as integers. The open end of a period is the largest integer, so that "as of" is one range.
/// </summary>
internal static class Conventions
{
    /// <summary>The stored end of a period that has none.</summary>
    public static readonly DateTimeOffset OpenEnd = DateTimeOffset.MaxValue;

    public static MappingSchema CreateSchema(IEnumerable<EntityMapping> mappings)
    {
        var schema = new MappingSchema("watchbill");
        schema.AddMetadataReader(new SnakeCaseNames());
        MapInstants(schema);
        MapId(schema, static (ConnectorId id) => id.Value, static value => new ConnectorId(value));
        MapId(schema, static (SyncRunId id) => id.Value, static value => new SyncRunId(value));
        MapId(schema, static (CollectionId id) => id.Value, static value => new CollectionId(value));
        MapId(schema, static (ProvisioningTaskId id) => id.Value, static value => new ProvisioningTaskId(value));
        MapId(schema, static (AccountId id) => id.Value, static value => new AccountId(value));
        MapId(schema, static (SessionId id) => id.Value, static value => new SessionId(value));
        MapId(schema, static (ApiTokenId id) => id.Value, static value => new ApiTokenId(value));
        MapId(schema, static (DirectoryId id) => id.Value, static value => new DirectoryId(value));
        MapId(schema, static (IdentityId id) => id.Value, static value => new IdentityId(value));
        MapId(schema, static (CampaignId id) => id.Value, static value => new CampaignId(value));
        MapId(schema, static (ChannelId id) => id.Value, static value => new ChannelId(value));
        MapId(schema, static (ReviewItemId id) => id.Value, static value => new ReviewItemId(value));
        MapId(schema, static (RequestPolicyId id) => id.Value, static value => new RequestPolicyId(value));
        MapId(schema, static (AccessRequestId id) => id.Value, static value => new AccessRequestId(value));
        MapId(schema, static (TemporaryGrantId id) => id.Value, static value => new TemporaryGrantId(value));
        MapId(schema, static (AccessDriftId id) => id.Value, static value => new AccessDriftId(value));
        MapId(schema, static (CheckRunId id) => id.Value, static value => new CheckRunId(value));
        MapId(schema, static (CheckExceptionId id) => id.Value, static value => new CheckExceptionId(value));
        MapId(schema, static (ComplianceActionId id) => id.Value, static value => new ComplianceActionId(value));
        MapId(schema, static (EngagementId id) => id.Value, static value => new EngagementId(value));
        MapId(schema, static (EvidenceRequestId id) => id.Value, static value => new EvidenceRequestId(value));
        MapId(schema, static (ArtifactId id) => id.Value, static value => new ArtifactId(value));

        var builder = new FluentMappingBuilder(schema);
        foreach (var mapping in mappings)
        {
            mapping.Apply(builder);
        }

        builder.Build();
        return schema;
    }

    public static long ToMicroseconds(DateTimeOffset instant) =>
        instant == OpenEnd ? long.MaxValue : (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long value) =>
        value == long.MaxValue ? OpenEnd : DateTimeOffset.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond);

    /// <summary>What remains of an instant when it is stored: UTC, whole microseconds.</summary>
    public static DateTimeOffset ToStoredPrecision(DateTimeOffset instant) => FromMicroseconds(ToMicroseconds(instant));

    /// <inheritdoc cref="ToStoredPrecision(DateTimeOffset)"/>
    public static DateTimeOffset? ToStoredPrecision(DateTimeOffset? instant) => instant is { } value ? ToStoredPrecision(value) : null;

    private static void MapInstants(MappingSchema schema)
    {
        schema.AddScalarType(typeof(DateTimeOffset), DataType.Int64);
        Convert(schema, (DateTimeOffset instant) => new DataParameter(null, ToMicroseconds(instant), DataType.Int64));
        Convert(schema, (long value) => FromMicroseconds(value));
        schema.SetValueToSqlConverter(typeof(DateTimeOffset), static (text, _, value) => text.Append(ToMicroseconds((DateTimeOffset)value)));
    }

    private static void MapId<TId>(MappingSchema schema, Func<TId, long> toValue, Func<long, TId> fromValue)
        where TId : struct
    {
        schema.AddScalarType(typeof(TId), DataType.Int64);
        Convert(schema, (TId id) => new DataParameter(null, toValue(id), DataType.Int64));
        Convert(schema, (long value) => fromValue(value));
        schema.SetValueToSqlConverter(typeof(TId), (text, _, value) => text.Append(toValue((TId)value)));
    }

    /// <summary>By the types as values: the library's generic way would be compiled once more for each of them, in every process.</summary>
    private static void Convert<TFrom, TTo>(MappingSchema schema, Expression<Func<TFrom, TTo>> conversion) =>
        schema.SetConvertExpression(typeof(TFrom), typeof(TTo), conversion);
}
