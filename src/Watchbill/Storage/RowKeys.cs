using System.Linq.Expressions;
using LinqToDB.Mapping;

namespace Watchbill.Storage;

/// <summary>
/// How a row says what its key is when that is one column. The data library's own methods are generic over the column's type, and each kind of id would be another dozen methods to compile in every process
/// that opens a database, most of them for tables it never asks: so the column is an object here, which is one kind for all.
/// </summary>
internal static class RowKeys
{
    /// <summary>One column is the key, and its value is chosen by whoever writes the row.</summary>
    public static EntityMappingBuilder<TRow> HasKey<TRow>(this EntityMappingBuilder<TRow> row, Expression<Func<TRow, object>> column)
        where TRow : class => row.HasPrimaryKey(column);

    /// <summary>One column is the key, and the database chooses its value.</summary>
    public static EntityMappingBuilder<TRow> HasIdentityKey<TRow>(this EntityMappingBuilder<TRow> row, Expression<Func<TRow, object>> column)
        where TRow : class => row.HasPrimaryKey(column).HasIdentity(column);
}
