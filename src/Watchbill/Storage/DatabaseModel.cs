using LinqToDB.Mapping;

namespace Watchbill.Storage;

/// <summary>
/// How the rows of all features lie in tables. Built once for a process and shared by every <see cref="Database"/>: translated queries
/// are kept per model, and a second model of the same mappings would translate them all again.
/// </summary>
public sealed class DatabaseModel
{
    /// <param name="mappings">The mappings of all features that own tables.</param>
    public DatabaseModel(IEnumerable<EntityMapping> mappings) => Schema = Conventions.CreateSchema(mappings);

    internal MappingSchema Schema { get; }
}
