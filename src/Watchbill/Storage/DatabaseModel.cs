using LinqToDB.Mapping;

namespace Watchbill.Storage;

/// <summary>
/// How the rows of all features lie in tables. Built once for a process and shared by every <see cref="Database"/>: translated queries
/// are kept per model, and a second model of the same mappings would translate them all again.
/// </summary>
public sealed class DatabaseModel
{
    private readonly Lazy<MappingSchema> _schema;

    /// <param name="mappings">The mappings of all features that own tables.</param>
    public DatabaseModel(IEnumerable<EntityMapping> mappings) => _schema = new(() => Conventions.CreateSchema(mappings));

    /// <summary>
    /// Begins to build it on another thread, a fifth of a second: for whoever will ask the database soon, and has to find out first which it is. What goes wrong there is thrown to whoever
    /// asks.
    /// </summary>
    public void Prepare() => _ = Task.Run(() => _schema.Value);

    /// <summary>Built when the first question in LINQ is asked.</summary>
    internal MappingSchema Schema => _schema.Value;
}
