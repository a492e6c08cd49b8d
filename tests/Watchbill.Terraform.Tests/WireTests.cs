using Google.Protobuf;
using Grpc.Core;
using Watchbill.Connectors;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;
using Watchbill.Terraform.Protocol;
using Watchbill.Terraform.Values;

namespace Watchbill.Terraform.Tests;

/// <summary>The provider on the wire, against a real server.</summary>
public sealed class WireTests
{
    [Fact]
    public async Task The_handshake_is_one_line_and_only_the_host_that_started_it_gets_in()
    {
        await using var provider = await ProviderProcess.StartAsync();
        Assert.Matches("^1\\|6\\|tcp\\|127\\.0\\.0\\.1:\\d+\\|grpc\\|[A-Za-z0-9+/]+$", provider.Handshake);
        using var stranger = ProviderProcess.Certificate();
        using var channel = provider.Dial(stranger);

        await Assert.ThrowsAsync<RpcException>(async () => await new Provider.ProviderClient(channel).GetProviderSchemaAsync(new SchemaRequest()));

        Assert.NotEmpty((await provider.Client.GetProviderSchemaAsync(new SchemaRequest())).ResourceSchemas);
        Assert.Equal(0, await provider.ShutdownAsync());
    }

    [Theory]
    [InlineData(null, "6", "Terraform starts it")]
    [InlineData("another", "6", "Terraform starts it")]
    [InlineData("d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2", "4,5", "speaks protocol 6")]
    public async Task Whoever_is_no_host_or_speaks_another_version_is_told(string? cookie, string versions, string sentence)
    {
        using var process = ProviderProcess.Start(cookie, versions, clientCertificate: null);

        await process.WaitForExitAsync();

        Assert.Equal(1, process.ExitCode);
        Assert.Contains(sentence, await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schemas_hide_secrets_and_explain_every_attribute()
    {
        await using var provider = await ProviderProcess.StartAsync();

        var schemas = await provider.Client.GetProviderSchemaAsync(new SchemaRequest());

        Assert.Equal(
            ["watchbill_access_review", "watchbill_channel", "watchbill_check_parameter", "watchbill_exception", "watchbill_framework", "watchbill_framework_selection", "watchbill_request_policy", "watchbill_source"],
            schemas.ResourceSchemas.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["watchbill_members", "watchbill_project_access", "watchbill_projects", "watchbill_sources", "watchbill_teams"], schemas.DataSourceSchemas.Keys.Order(StringComparer.Ordinal));
        var all = schemas.ResourceSchemas.Values.Concat(schemas.DataSourceSchemas.Values).Append(schemas.Provider).SelectMany(static schema => schema.Block.Attributes)
            .SelectMany(static attribute => attribute.NestedType is { } nested ? nested.Attributes.Append(attribute) : [attribute]).ToList();
        Assert.All(all, static attribute => Assert.False(string.IsNullOrWhiteSpace(attribute.Description), attribute.Name));
        Assert.Equal(["address", "secret", "token", "token"], all.Where(static attribute => attribute.Sensitive).Select(static attribute => attribute.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_source_is_planned_made_read_changed_imported_and_removed()
    {
        await using var served = await ServedOrganization.StartAsync(OrganizationSize.Small);
        await using var provider = await ConfiguredAsync(served);
        var config = Source(served);

        var plan = await PlanAsync(provider, config, Value.Null);
        Assert.Equal("every-6-hours", plan.Text("schedule"));
        Assert.True(plan["id"].IsUnknown && plan["state"].IsUnknown);
        var made = await ApplyAsync(provider, Value.Null, plan, config);
        Assert.Equal((served.Token[^4..], "Acme"), (made.Text("token_last_four"), made.Text("name")));

        var read = await ReadAsync(provider, made);
        Assert.Equal(Value.Null, Differences(made, read));
        Assert.Equal(Value.Null, Differences(made, await PlanAsync(provider, config, read)));

        var other = config.With("schedule", Value.Of("hourly")).With("budget_share", Value.Of(0.3));
        var changed = await ApplyAsync(provider, read, await PlanAsync(provider, other, read), other);
        Assert.Equal((made.Text("id"), made.Text("created_at"), "hourly", 0.3), (changed.Text("id"), changed.Text("created_at"), changed.Text("schedule"), changed.Number("budget_share")));

        var imported = await provider.Client.ImportResourceStateAsync(new ImportRequest { TypeName = "watchbill_source", Id = "Acme" });
        var known = await ReadAsync(provider, (MapValue)ValueCodec.Read(Assert.Single(imported.ImportedResources).State));
        Assert.Equal((changed.Text("id"), "acme"), (known.Text("id"), known.Text("organization")));
        Assert.True(known["token"].IsNull);

        Assert.Equal(Value.Null, await ApplyAsync(provider, changed, Value.Null, Value.Null, isGone: true));
        Assert.Empty(ServedPeople.Must(await served.Get<ConnectorQueries>().ListAsync(Caller.System, default)));
        Assert.True(ValueCodec.Read((await provider.Client.ReadResourceAsync(new ReadRequest { TypeName = "watchbill_source", CurrentState = ValueCodec.Write(changed) })).NewState).IsNull);
    }

    [Fact]
    public async Task What_somebody_changed_elsewhere_is_seen_and_a_token_that_is_another_one_too()
    {
        await using var served = await ServedOrganization.StartAsync(OrganizationSize.Small);
        await using var provider = await ConfiguredAsync(served);
        var config = Source(served);
        var made = await ApplyAsync(provider, Value.Null, await PlanAsync(provider, config, Value.Null), config);

        var read = await ReadAsync(provider, made.With("token", Value.Of("another-token-0000")));

        Assert.True(read["token"].IsNull);
        Assert.Equal(served.Token, (await PlanAsync(provider, config, read)).Text("token"));
    }

    [Fact]
    public async Task Unknown_values_pass_a_plan_and_wrong_ones_are_told_where()
    {
        await using var served = await ServedOrganization.StartAsync(OrganizationSize.Small);
        await using var provider = await ConfiguredAsync(served);

        var plan = await PlanAsync(provider, Source(served).With("token", Value.Unknown).With("owners", Value.Unknown), Value.Null);
        var wrong = await provider.Client.ValidateResourceConfigAsync(new TypedConfigRequest { TypeName = "watchbill_source", Config = ValueCodec.Write(Source(served).With("budget_share", Value.Of(2))) });
        var unknown = await provider.Client.ValidateResourceConfigAsync(new TypedConfigRequest { TypeName = "watchbill_source", Config = ValueCodec.Write(Source(served).With("budget_share", Value.Unknown)) });

        Assert.True(plan["token"].IsUnknown && plan["owners"].IsUnknown);
        Assert.Equal("budget_share", Assert.Single(wrong.Diagnostics).Attribute.Steps[0].AttributeName);
        Assert.Empty(unknown.Diagnostics);
    }

    [Fact]
    public async Task Refusals_a_server_that_is_gone_and_garbage_become_sentences()
    {
        await using var served = await ServedOrganization.StartAsync(OrganizationSize.Small);
        await using var provider = await ProviderProcess.StartAsync();
        async Task<string> ConfigureAsync(params (string, Value)[] entries) =>
            string.Concat((await provider.Client.ConfigureProviderAsync(new ConfigureRequest { Config = ValueCodec.Write(MapValue.Of(entries)) })).Diagnostics.Select(static one => one.Summary));
        Assert.Contains("WATCHBILL_SERVER", await ConfigureAsync(("server", Value.Null), ("token", Value.Null)), StringComparison.Ordinal);
        Assert.Contains("WATCHBILL_TOKEN", await ConfigureAsync(("server", Value.Of("https://watchbill.example.com")), ("token", Value.Null)), StringComparison.Ordinal);
        Assert.Equal("", await ConfigureAsync(("server", Value.Of(served.Server.Listening.AbsoluteUri)), ("token", Value.Of(await served.TokenAsync(Role.Auditor)))));

        var config = Source(served);
        var refused = await provider.Client.ApplyResourceChangeAsync(new ApplyRequest
        {
            TypeName = "watchbill_source",
            PriorState = ValueCodec.Write(Value.Null),
            PlannedState = ValueCodec.Write(await PlanAsync(provider, config, Value.Null)),
            Config = ValueCodec.Write(config),
        });
        var garbage = await provider.Client.PlanResourceChangeAsync(new PlanRequest { TypeName = "watchbill_source", PriorState = new DynamicValue { Msgpack = ByteString.CopyFrom(0xdd, 0xff) } });
        var nothing = await provider.Client.ReadResourceAsync(new ReadRequest { TypeName = "watchbill_moon", CurrentState = ValueCodec.Write(Value.Null) });

        Assert.Contains("right-missing", Assert.Single(refused.Diagnostics).Summary, StringComparison.Ordinal);
        Assert.DoesNotContain(served.Token, $"{refused}", StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Single(garbage.Diagnostics).Summary, StringComparison.Ordinal);
        Assert.Contains("watchbill_moon", Assert.Single(nothing.Diagnostics).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_state_is_taken_over_and_lists_are_read_to_their_end()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        await using var provider = await ConfiguredAsync(served);

        var upgraded = await provider.Client.UpgradeResourceStateAsync(new UpgradeRequest
        {
            TypeName = "watchbill_source",
            RawState = new RawState { Json = ByteString.CopyFromUtf8("""{"id":"1","name":"Acme","budget_share":0.7,"gone":"in this version"}""") },
        });
        var members = await DataAsync(provider, "watchbill_members", ("source", Value.Of("1")));
        var access = await DataAsync(provider, "watchbill_project_access", ("source", Value.Of("1")), ("project", Value.Of(served.Sentry.World.Organization(ServedOrganization.Slug).Projects[0].Slug)));

        var state = (MapValue)ValueCodec.Read(upgraded.UpgradedState);
        Assert.Equal(("1", 0.7, false), (state.Text("id"), state.Number("budget_share") ?? double.Parse(state.Text("budget_share")!, System.Globalization.CultureInfo.InvariantCulture), state.Entries.ContainsKey("gone")));
        Assert.Equal(served.Sentry.World.Organization(ServedOrganization.Slug).Members.Count(static member => member.IsListed), ((ListValue)members["members"]).Items.Length);
        Assert.NotEmpty(((ListValue)access["members"]).Items);
    }

    private static async Task<ProviderProcess> ConfiguredAsync(ServedOrganization served)
    {
        var provider = await ProviderProcess.StartAsync();
        var config = MapValue.Of(("server", Value.Of(served.Server.Listening.AbsoluteUri)), ("token", Value.Of(await served.TokenAsync(Role.SuperAdministrator))));
        Assert.Empty((await provider.Client.ConfigureProviderAsync(new ConfigureRequest { Config = ValueCodec.Write(config) })).Diagnostics);
        return provider;
    }

    private static MapValue Source(ServedOrganization served) => MapValue.Of(
        ("id", Value.Null), ("name", Value.Of("Acme")), ("application", Value.Null), ("address", Value.Of(served.Sentry.BaseAddress.AbsoluteUri)), ("organization", Value.Of(ServedOrganization.Slug)),
        ("token", Value.Of(served.Token)), ("token_last_four", Value.Null), ("owners", Value.Null), ("schedule", Value.Null), ("budget_share", Value.Null), ("allow_private_networks", Value.Of(true)),
        ("state", Value.Null), ("created_at", Value.Null), ("updated_at", Value.Null));

    private static async Task<MapValue> PlanAsync(ProviderProcess provider, MapValue config, Value prior)
    {
        var planned = await provider.Client.PlanResourceChangeAsync(new PlanRequest { TypeName = "watchbill_source", PriorState = ValueCodec.Write(prior), ProposedNewState = ValueCodec.Write(config), Config = ValueCodec.Write(config) });
        Assert.Empty(planned.Diagnostics);
        return Shaped(ValueCodec.Read(planned.PlannedState));
    }

    private static async Task<MapValue> ApplyAsync(ProviderProcess provider, Value prior, MapValue planned, MapValue config) => Shaped(await ApplyAsync(provider, prior, planned, config, isGone: false));

    private static async Task<Value> ApplyAsync(ProviderProcess provider, Value prior, Value planned, Value config, bool isGone)
    {
        var applied = await provider.Client.ApplyResourceChangeAsync(new ApplyRequest { TypeName = "watchbill_source", PriorState = ValueCodec.Write(prior), PlannedState = ValueCodec.Write(planned), Config = ValueCodec.Write(config) });
        Assert.Empty(applied.Diagnostics);
        var state = ValueCodec.Read(applied.NewState);
        Assert.Equal(isGone, state.IsNull);
        Assert.False(state.IsUnknown);
        return state;
    }

    private static async Task<MapValue> ReadAsync(ProviderProcess provider, MapValue state) =>
        Shaped(ValueCodec.Read((await provider.Client.ReadResourceAsync(new ReadRequest { TypeName = "watchbill_source", CurrentState = ValueCodec.Write(state) })).NewState));

    private static async Task<MapValue> DataAsync(ProviderProcess provider, string type, params (string Name, Value Value)[] config)
    {
        var read = await provider.Client.ReadDataSourceAsync(new DataRequest { TypeName = type, Config = ValueCodec.Write(MapValue.Of(config)) });
        Assert.Empty(read.Diagnostics);
        return (MapValue)ValueCodec.Read(read.State);
    }

    private static MapValue Shaped(Value value) => new Watchbill.Terraform.Resources.SourceResource().Definition.Shape(value);

    /// <summary>What is not the same; nothing when all is.</summary>
    private static Value Differences(MapValue one, MapValue other)
    {
        var different = one.Entries.Keys.Where(name => !one[name].Equals(other[name])).ToList();
        return different.Count == 0 ? Value.Null : Value.Of(different);
    }
}
