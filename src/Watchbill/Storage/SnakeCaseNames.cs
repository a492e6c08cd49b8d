using System.Reflection;
using System.Text;
using LinqToDB.Mapping;
using LinqToDB.Metadata;

namespace Watchbill.Storage;

/// <summary>Names tables and columns after classes and properties: <c>TeamFact.TeamId</c> is <c>team_fact.team_id</c>.</summary>
internal sealed class SnakeCaseNames : IMetadataReader
{
    public MappingAttribute[] GetAttributes(Type type) => IsOurs(type) ? [new TableAttribute { Name = SnakeCase(TrimRow(type.Name)) }] : [];

    public MappingAttribute[] GetAttributes(Type type, MemberInfo memberInfo) =>
        IsOurs(type) && memberInfo is PropertyInfo { CanWrite: true } property
            ? [new ColumnAttribute { Name = SnakeCase(property.Name), CanBeNull = CanBeNull(property) }]
            : [];

    public MemberInfo[] GetDynamicColumns(Type type) => [];

    public string GetObjectID() => nameof(SnakeCaseNames);

    /// <summary>
    /// What the class says with its question marks. Left to guess, every comparison of two texts would also ask whether both are null, and
    /// no index answers that.
    /// </summary>
    private static bool CanBeNull(PropertyInfo property) => property.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(property.PropertyType) is not null
        : new NullabilityInfoContext().Create(property).WriteState is not NullabilityState.NotNull;

    private static bool IsOurs(Type type) => type is { IsClass: true, IsAbstract: false } && type.Assembly == typeof(SnakeCaseNames).Assembly;

    /// <summary>A row class may be called <c>ConnectorRow</c> where <c>Connector</c> is the domain's own type.</summary>
    private static string TrimRow(string name) => name.EndsWith("Row", StringComparison.Ordinal) ? name[..^3] : name;

    public static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
