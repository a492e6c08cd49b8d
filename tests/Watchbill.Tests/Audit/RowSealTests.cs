using Watchbill.Audit;

namespace Watchbill.Tests.Audit;

/// <summary>What the seal of rows tells apart, and what it does not.</summary>
public sealed class RowSealTests
{
    [Fact]
    public void Order_is_nothing_and_everything_else_is_something()
    {
        var seal = DigestOf(("begun", [("a", "x"), ("b", "y")]), ("begun", [("a", "z")]));
        Assert.Equal(seal, DigestOf(("begun", [("a", "z")]), ("begun", [("a", "x"), ("b", "y")])));
        Assert.Equal(seal, DigestOf(("begun", [("a", "x"), ("b", "y"), ("new", null), ("newer", DBNull.Value)]), ("begun", [("a", "z")])));
        (string, (string, object?)[])[][] others =
        [
            [], [("begun", [("a", "x"), ("b", "y")])], [("begun", [("a", "x"), ("b", "y"), ("a", "z")])], [("ended", [("a", "x"), ("b", "y")]), ("begun", [("a", "z")])],
            [("begun", [("a", "xb"), ("", "y")]), ("begun", [("a", "z")])], [("begun", [("a", "x"), ("b", "")]), ("begun", [("a", "z")])], [("begun", [("a", "x")]), ("begun", [("a", "z")])],
            [("begun", [("a", "x"), ("b", "y")]), ("begun", [("a", "z")]), ("begun", [("a", "z")])],
        ];
        Assert.Equal(others.Length + 1, others.Select(DigestOf).Append(seal).Distinct().Count());
    }

    /// <summary>One database has a type for yes and no, the other writes 1 and 0; a text is never a number.</summary>
    [Fact]
    public void Both_databases_give_the_same_bytes()
    {
        Assert.Equal(DigestOf(("begun", [("a", true), ("b", 7L)])), DigestOf(("begun", [("a", 1L), ("b", 7)])));
        Assert.NotEqual(DigestOf(("begun", [("a", "1")])), DigestOf(("begun", [("a", 1L)])));
        Assert.Throws<ArgumentException>(() => DigestOf(("begun", [("a", 1.5)])));
    }

    private static string DigestOf(params (string Happened, (string Name, object? Value)[] Columns)[] rows)
    {
        var seal = new RowSeal();
        foreach (var (happened, columns) in rows)
        {
            var row = seal.Row(happened, "member");
            Array.ForEach(columns, column => row.Add(column.Name, column.Value));
            row.Take();
        }

        return seal.Digest();
    }
}
