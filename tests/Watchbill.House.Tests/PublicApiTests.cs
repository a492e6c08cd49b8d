using PublicApiGenerator;
using Watchbill.House.Tests.Architecture;
using Watchbill.Testing;

namespace Watchbill.House.Tests;

/// <summary>
/// The public surface of the libraries, as text. A failure means that the surface changed: a new public type may be meant to be internal,
/// a changed member breaks its callers.
/// </summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData(Blueprint.Client)]
    [InlineData(Blueprint.Simulator)]
    [InlineData(Blueprint.Product)]
    [InlineData(Blueprint.Contracts)]
    public void The_public_surface_is_the_approved_one(string assembly)
    {
        var surface = Blueprint.Assembly(assembly).GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false });

        ApprovedText.Match(surface, assembly);
    }
}
