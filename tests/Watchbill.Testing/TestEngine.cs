using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Watchbill.Testing;

/// <summary>The database engines a conformance test runs on.</summary>
public enum TestEngine
{
    /// <summary>A file in a temporary folder.</summary>
    Sqlite,

    /// <summary>A database of its own on the server that <see cref="TestDatabase.ServerVariable"/> names.</summary>
    PostgreSql,
}

/// <summary>
/// Runs a theory once per engine. Without a PostgreSQL server that half is skipped, visibly; with <c>WATCHBILL_REQUIRE_POSTGRES=1</c> it fails,
/// so that a build machine cannot lose it unnoticed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryEngineAttribute : DataAttribute
{
    private const string Reason = $"Needs PostgreSQL: set {TestDatabase.ServerVariable}, or run under tests/postgres.";

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var skip = TestDatabase.HasServer || TestDatabase.MustHaveServer ? null : Reason;
        return ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
        [
            new TheoryDataRow<TestEngine>(TestEngine.Sqlite),
            new TheoryDataRow<TestEngine>(TestEngine.PostgreSql) { Skip = skip },
        ]);
    }

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;
}
