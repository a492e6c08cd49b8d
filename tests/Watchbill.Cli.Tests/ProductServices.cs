using Microsoft.Extensions.DependencyInjection;
using Watchbill.People;
using Watchbill.Server.Testing;
using Watchbill.Storage;

namespace Watchbill.Cli.Tests;

/// <summary>The product in the process of a test, beside the programs that the test starts.</summary>
internal static class ProductServices
{
    /// <summary>Its services over a database; the caller disposes them.</summary>
    /// <param name="database">The database of those programs.</param>
    /// <param name="keys">A folder for keys.</param>
    public static ServiceProvider Over(DatabaseAddress database, string keys) => new ServiceCollection().AddWatchbill(database, keys)
        .AddSingleton(ServedPeople.Quick).AddSingleton(new PublicAddress(new Uri("https://watchbill.example.com/"))).BuildServiceProvider();
}
