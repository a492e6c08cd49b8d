using LinqToDB;
using LinqToDB.Async;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access.Matching;

/// <summary>The SQL of matching rules and of what somebody said about accounts.</summary>
internal static class MatchStore
{
    /// <summary>The most that is looked up in one question.</summary>
    private const int Batch = 500;

    public static EntityMapping Mapping { get; } = new(static builder =>
    {
        builder.MappingSchema.SetDefaultFromEnumType(typeof(AccountKind), typeof(string));
        builder.MappingSchema.SetDefaultFromEnumType(typeof(OwnerChoice), typeof(string));
        builder.MappingSchema.SetDefaultFromEnumType(typeof(MatchRuleKind), typeof(string));
        builder.Entity<AccountSettingRow>().HasTableName("account_setting").HasPrimaryKey(row => new { row.ConnectorId, row.Member });
        builder.Entity<MatchRuleRow>().HasTableName("match_rule").HasKey(row => row.Position);
    });

    public static async Task<IReadOnlyList<MatchRule>> RulesAsync(DatabaseSession session, CancellationToken cancellationToken)
    {
        var rows = await session.Connection.GetTable<MatchRuleRow>().OrderBy(row => row.Position).ToListAsync(cancellationToken);
        return rows.Count == 0 ? MatchRule.Usual : [.. rows.Select(static row => new MatchRule(row.Kind, row.FromDomain, row.ToDomain))];
    }

    public static async Task ReplaceRulesAsync(Transaction transaction, IReadOnlyList<MatchRule> rules, CancellationToken cancellationToken)
    {
        await transaction.Connection.GetTable<MatchRuleRow>().DeleteAsync(cancellationToken);
        await transaction.InsertAllAsync(
            rules.Select(static (rule, position) => new MatchRuleRow { Position = position, Kind = rule.Kind, FromDomain = rule.FromDomain, ToDomain = rule.ToDomain }), cancellationToken);
    }

    /// <summary>What somebody said about accounts, by member.</summary>
    /// <param name="session">Asks.</param>
    /// <param name="connector">Of which organization.</param>
    /// <param name="member">About this one only; null for all.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<IReadOnlyDictionary<string, AccountSetting>> SettingsAsync(DatabaseSession session, ConnectorId connector, string? member, CancellationToken cancellationToken)
    {
        var rows = session.Connection.GetTable<AccountSettingRow>().Where(row => row.ConnectorId == connector);
        rows = member is null ? rows : rows.Where(row => row.Member == member);
        return (await rows.ToListAsync(cancellationToken)).ToDictionary(static row => row.Member, static row => row.ToSetting(), StringComparer.Ordinal);
    }

    /// <summary>Writes what somebody said about accounts in place of what was said before.</summary>
    public static async Task ReplaceSettingsAsync(
        Transaction transaction, ConnectorId connector, IReadOnlyDictionary<string, AccountSetting> settings, CancellationToken cancellationToken)
    {
        foreach (var part in settings.Keys.Chunk(Batch))
        {
            await transaction.Connection.GetTable<AccountSettingRow>().DeleteAsync(row => row.ConnectorId == connector && part.Contains(row.Member), cancellationToken);
        }

        await transaction.InsertAllAsync(settings.Select(pair => AccountSettingRow.Of(connector, pair.Key, pair.Value)), cancellationToken);
    }
}

/// <summary>A row of the table of what somebody said about accounts.</summary>
internal sealed record AccountSettingRow
{
    public ConnectorId ConnectorId { get; init; }

    public required string Member { get; init; }

    public AccountKind Kind { get; init; }

    public OwnerChoice Owner { get; init; }

    public IdentityId? IdentityId { get; init; }

    public string? Note { get; init; }

    public required string ActorKind { get; init; }

    public required string ActorId { get; init; }

    public string? ActorFrom { get; init; }

    public DateTimeOffset SetAt { get; init; }

    public static AccountSettingRow Of(ConnectorId connector, string member, AccountSetting setting) => new()
    {
        ConnectorId = connector,
        Member = member,
        Kind = setting.Kind,
        Owner = setting.Owner,
        IdentityId = setting.Identity,
        Note = setting.Note,
        ActorKind = setting.Actor.Kind.ToString(),
        ActorId = setting.Actor.Id,
        ActorFrom = setting.Actor.From,
        SetAt = setting.SetAt,
    };

    public AccountSetting ToSetting() => new()
    {
        Kind = Kind,
        Owner = Owner,
        Identity = IdentityId,
        Note = Note,
        Actor = new Actor(Enum.Parse<ActorKind>(ActorKind), ActorId, ActorFrom),
        SetAt = SetAt,
    };
}

/// <summary>A row of the table of matching rules.</summary>
internal sealed record MatchRuleRow
{
    public long Position { get; init; }

    public MatchRuleKind Kind { get; init; }

    public string? FromDomain { get; init; }

    public string? ToDomain { get; init; }
}
