using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Watchbill.Access.Explore;
using Watchbill.Access.Facts;
using Watchbill.Access.Queries;
using Watchbill.Contracts;
using Watchbill.Contracts.Access;
using Watchbill.Contracts.People;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>The document that describes the API, held against the API.</summary>
public sealed class OpenApiTests
{
    [Fact]
    public async Task The_reference_says_what_the_document_says()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var nobody = served.Client();
        var document = await nobody.GetOkAsync("/api/v1/openapi.json");

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Reference.Check("docs/reference/api.md", ApiReference.Of(document));
    }

    [Fact]
    public async Task Every_address_is_described_and_named_once()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var nobody = served.Client();
        var document = await nobody.GetOkAsync("/api/v1/openapi.json");
        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject().Select(operation => (Route: $"{operation.Name.ToUpperInvariant()} {path.Name}", Operation: operation.Value))).ToList();

        var routed = RouteTable.Of(served).Where(static route => route.IsApi && !route.Pattern.EndsWith(".json", StringComparison.Ordinal)).Select(static route => $"{route.Method} {WithoutTypes(route.Pattern)}");

        Assert.Equal(routed.Order(StringComparer.Ordinal), described.Select(static entry => entry.Route).Order(StringComparer.Ordinal));
        Assert.All(described, static entry => Assert.NotEmpty(entry.Operation.GetProperty("summary").GetString()!));
        var names = described.Select(static entry => entry.Operation.GetProperty("operationId").GetString()).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public async Task Every_body_is_written_without_reflection()
    {
        await using var served = await ServedOrganization.StartAsync();
        var endpoints = served.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(static endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api/v1", StringComparison.Ordinal) is true);
        var types = endpoints.SelectMany(static endpoint => endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Select(static body => body.Type)
            .Concat(endpoint.Metadata.GetOrderedMetadata<IAcceptsMetadata>().Select(static body => body.RequestType))).OfType<Type>().Where(static type => type != typeof(void))
            .Select(static type => type.Name.StartsWith("SseItem", StringComparison.Ordinal) ? type.GetGenericArguments()[0] : type).Distinct();

        Assert.All(types, static type => Assert.True(ContractsJson.Default.GetTypeInfo(type) is not null, $"Name {type} in ContractsJson."));
    }

    [Fact]
    public void The_words_of_filters_are_those_of_the_product()
    {
        Assert.Equal(Words<MemberState>(), Allowed<MemberQuery>(nameof(MemberQuery.State)));
        Assert.Equal(Words<Told>(), Allowed<MemberQuery>(nameof(MemberQuery.TwoFactor)));
        Assert.Equal(Words<NonHumanKind>(), Allowed<PrincipalQuery>(nameof(PrincipalQuery.Kind)));
        Assert.Equal(Words<AccountState>(), Allowed<AccountQuery>(nameof(AccountQuery.State)));
        Assert.Equal(Words<Role>(), Allowed<AccountQuery>(nameof(AccountQuery.Role)));
        Assert.Equal(BothWays(Words<AccountOrder>()), Allowed<AccountQuery>(nameof(AccountQuery.Sort)));
        Assert.Equal(BothWays(MemberTable.Orders.Keys), Allowed<MemberQuery>(nameof(MemberQuery.Sort)));
        Assert.Equal(BothWays(TeamTable.Orders.Keys), Allowed<TeamQuery>(nameof(TeamQuery.Sort)));
        Assert.Equal(BothWays(ProjectTable.Orders.Keys), Allowed<ProjectQuery>(nameof(ProjectQuery.Sort)));
        Assert.Equal(BothWays(NonHumanTable.Orders.Keys), Allowed<PrincipalQuery>(nameof(PrincipalQuery.Sort)));
    }

    private static IEnumerable<string> Words<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(Word.Of).Order(StringComparer.Ordinal);

    private static IEnumerable<string> BothWays(IEnumerable<string> orders) => orders.SelectMany(static order => new[] { order, "-" + order }).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Allowed<T>(string property) =>
        typeof(T).GetProperty(property)!.GetCustomAttributes(typeof(System.ComponentModel.DataAnnotations.AllowedValuesAttribute), inherit: false)
            .Cast<System.ComponentModel.DataAnnotations.AllowedValuesAttribute>().Single().Values.OfType<string>().Order(StringComparer.Ordinal);

    private static string WithoutTypes(string pattern) => System.Text.RegularExpressions.Regex.Replace(pattern, @":\w+\}", "}").TrimEnd('/');
}
