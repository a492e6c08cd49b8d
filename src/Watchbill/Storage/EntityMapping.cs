using LinqToDB.Mapping;

namespace Watchbill.Storage;

/// <summary>
/// What a feature's store says about its rows beyond the <see cref="Conventions"/>: keys, identities, enums.
/// Every store that owns tables registers one.
/// </summary>
/// <param name="Apply">Adds the mapping.</param>
public sealed record EntityMapping(Action<FluentMappingBuilder> Apply);
