using System.Net.Http.Headers;
using Grpc.Core;
using Watchbill.Contracts.Client;
using Watchbill.Terraform.DataSources;
using Watchbill.Terraform.Protocol;
using Watchbill.Terraform.Resources;
using Watchbill.Terraform.Values;

namespace Watchbill.Terraform;

/// <summary>Answers Terraform. Everything that goes wrong becomes a diagnostic with a sentence; nothing is thrown over the wire.</summary>
internal sealed class ProviderService : Provider.ProviderBase, IDisposable
{
    private const string ServerVariable = "WATCHBILL_SERVER";
    private const string TokenVariable = "WATCHBILL_TOKEN";

    private static readonly Dictionary<string, IResource> Resources =
        ((IResource[])
        [
            new SourceResource(), new CheckParameterResource(), new ChannelResource(), new RequestPolicyResource(), new AccessReviewResource(), new FrameworkResource(), new FrameworkSelectionResource(), new ExceptionResource(),
        ]).ToDictionary(static resource => resource.TypeName, StringComparer.Ordinal);

    private static readonly Dictionary<string, IDataSource> DataSources =
        ((IEnumerable<IDataSource>)[new SourcesDataSource(), .. ListDataSource.All]).ToDictionary(static source => source.TypeName, StringComparer.Ordinal);

    private readonly CancellationTokenSource _stop = new();
    private HttpClient? _http;
    private WatchbillClient? _client;

    /// <summary>The provider's own attributes.</summary>
    public static Definition Definition { get; } = new("Governs access to Sentry and collects compliance evidence from it, with Watchbill.",
    [
        new("server", AttributeDefinition.Text, AttributeUse.Optional, $"The address of the Watchbill server, for example `https://watchbill.example.com`. `{ServerVariable}` when left out."),
        new("token", AttributeDefinition.Text, AttributeUse.Optional, $"An API token of Watchbill. `{TokenVariable}` when left out, which keeps it out of files.") { IsSensitive = true },
    ]);

    /// <summary>Every kind of thing, for the documentation.</summary>
    public static IEnumerable<IResource> AllResources => Resources.Values;

    /// <summary>Every kind of data, for the documentation.</summary>
    public static IEnumerable<IDataSource> AllDataSources => DataSources.Values;

    public override Task<SchemaResponse> GetProviderSchema(SchemaRequest request, ServerCallContext context)
    {
        var response = new SchemaResponse { Provider = Definition.ToProtocol() };
        foreach (var (name, resource) in Resources)
        {
            response.ResourceSchemas[name] = resource.Definition.ToProtocol();
        }

        foreach (var (name, source) in DataSources)
        {
            response.DataSourceSchemas[name] = source.Definition.ToProtocol();
        }

        return Task.FromResult(response);
    }

    public override Task<ValidatedProvider> ValidateProviderConfig(ConfigRequest request, ServerCallContext context) => Task.FromResult(new ValidatedProvider());

    public override Task<Validated> ValidateDataResourceConfig(TypedConfigRequest request, ServerCallContext context) => Task.FromResult(new Validated());

    public override async Task<Validated> ValidateResourceConfig(TypedConfigRequest request, ServerCallContext context)
    {
        var response = new Validated();
        await Guard(response.Diagnostics, () =>
        {
            var resource = Of(request.TypeName);
            foreach (var complaint in resource.Validate(resource.Definition.Shape(ValueCodec.Read(request.Config))))
            {
                response.Diagnostics.Add(Diagnostics.Error(complaint.Sentence, complaint.Attribute));
            }

            return Task.CompletedTask;
        });
        return response;
    }

    /// <summary>There is one version of every schema; what an older one did not have is nothing.</summary>
    public override async Task<UpgradeResponse> UpgradeResourceState(UpgradeRequest request, ServerCallContext context)
    {
        var response = new UpgradeResponse();
        await Guard(response.Diagnostics, () =>
        {
            response.UpgradedState = ValueCodec.Write(Of(request.TypeName).Definition.Shape(ValueCodec.ReadJson(request.RawState.Json.Span)));
            return Task.CompletedTask;
        });
        return response;
    }

    public override async Task<Validated> ConfigureProvider(ConfigureRequest request, ServerCallContext context)
    {
        var response = new Validated();
        await Guard(response.Diagnostics, () =>
        {
            var config = Definition.Shape(ValueCodec.Read(request.Config));
            var (server, token) = (config.Text("server") ?? Environment.GetEnvironmentVariable(ServerVariable), config.Text("token") ?? Environment.GetEnvironmentVariable(TokenVariable));
            if (!Uri.TryCreate(server?.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
            {
                response.Diagnostics.Add(Diagnostics.Error($"The provider needs the address of a Watchbill server: set 'server', or {ServerVariable}, to one like https://watchbill.example.com.", "server"));
            }
            else if (string.IsNullOrWhiteSpace(token))
            {
                response.Diagnostics.Add(Diagnostics.Error($"The provider needs an API token of Watchbill: set {TokenVariable}, or 'token'.", "token"));
            }
            else
            {
                _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
                _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
                _client = new WatchbillClient(_http);
            }

            return Task.CompletedTask;
        });
        return response;
    }

    public override async Task<ReadResponse> ReadResource(ReadRequest request, ServerCallContext context)
    {
        var response = new ReadResponse { NewState = request.CurrentState };
        await Guard(response.Diagnostics, async () =>
        {
            var resource = Of(request.TypeName);
            var read = await resource.ReadAsync(Client, resource.Definition.Shape(ValueCodec.Read(request.CurrentState)), _stop.Token);
            response.NewState = ValueCodec.Write(read is null ? Value.Null : resource.Definition.Shape(read));
        });
        return response;
    }

    public override async Task<PlanResponse> PlanResourceChange(PlanRequest request, ServerCallContext context)
    {
        var response = new PlanResponse { PlannedState = request.ProposedNewState };
        await Guard(response.Diagnostics, () =>
        {
            var definition = Of(request.TypeName).Definition;
            var prior = ValueCodec.Read(request.PriorState);
            if (!ValueCodec.Read(request.ProposedNewState).IsNull)
            {
                var planned = PlannedState.Of(definition, definition.Shape(ValueCodec.Read(request.Config)), prior.IsNull ? null : definition.Shape(prior));
                response.PlannedState = ValueCodec.Write(planned.State);
                response.RequiresReplace.AddRange(planned.Replacing.Select(Diagnostics.PathOf));
            }

            return Task.CompletedTask;
        });
        return response;
    }

    public override async Task<ApplyResponse> ApplyResourceChange(ApplyRequest request, ServerCallContext context)
    {
        // Where it fails, what was there is there still, as far as anybody knows.
        var response = new ApplyResponse { NewState = request.PriorState };
        await Guard(response.Diagnostics, async () =>
        {
            var resource = Of(request.TypeName);
            var (prior, planned) = (ValueCodec.Read(request.PriorState), ValueCodec.Read(request.PlannedState));
            if (planned.IsNull)
            {
                await resource.DeleteAsync(Client, resource.Definition.Shape(prior), _stop.Token);
                response.NewState = ValueCodec.Write(Value.Null);
                return;
            }

            var wanted = resource.Definition.Shape(planned);
            var made = prior.IsNull ? await resource.CreateAsync(Client, wanted, _stop.Token) : await resource.UpdateAsync(Client, resource.Definition.Shape(prior), wanted, _stop.Token);
            response.NewState = ValueCodec.Write(resource.Definition.Shape(made));
        });
        return response;
    }

    public override async Task<ImportResponse> ImportResourceState(ImportRequest request, ServerCallContext context)
    {
        var response = new ImportResponse();
        await Guard(response.Diagnostics, async () =>
        {
            var resource = Of(request.TypeName);
            var state = resource.Definition.Shape(await resource.ImportAsync(Client, request.Id, _stop.Token));
            response.ImportedResources.Add(new Imported { TypeName = request.TypeName, State = ValueCodec.Write(state) });
        });
        return response;
    }

    public override async Task<DataResponse> ReadDataSource(DataRequest request, ServerCallContext context)
    {
        var response = new DataResponse();
        await Guard(response.Diagnostics, async () =>
        {
            var source = DataSources.GetValueOrDefault(request.TypeName) ?? throw new ProviderException($"This provider has no data source {request.TypeName}.");
            response.State = ValueCodec.Write(source.Definition.Shape(await source.ReadAsync(Client, source.Definition.Shape(ValueCodec.Read(request.Config)), _stop.Token)));
        });
        return response;
    }

    public override async Task<StopResponse> StopProvider(StopRequest request, ServerCallContext context)
    {
        await _stop.CancelAsync();
        return new StopResponse();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http?.Dispose();
        _stop.Dispose();
    }

    private WatchbillClient Client => _client ?? throw new ProviderException("The provider was not configured.");

    private static IResource Of(string type) => Resources.GetValueOrDefault(type) ?? throw new ProviderException($"This provider has no resource {type}.");

    private static async Task Guard(ICollection<Diagnostic> diagnostics, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (WatchbillApiException refused)
        {
            diagnostics.Add(Diagnostics.Error($"{refused.Message} ({refused.Code})"));
        }
        catch (HttpRequestException unreachable)
        {
            diagnostics.Add(Diagnostics.Error($"The Watchbill server cannot be reached: {unreachable.HttpRequestError}."));
        }
        catch (Exception wrong) when (wrong is ProviderException or ValueException)
        {
            diagnostics.Add(Diagnostics.Error(wrong.Message));
        }
        catch (OperationCanceledException)
        {
            diagnostics.Add(Diagnostics.Error("Stopped."));
        }
    }
}

/// <summary>What Terraform shows to people.</summary>
internal static class Diagnostics
{
    /// <summary>An error.</summary>
    public static Diagnostic Error(string sentence, string? attribute = null) => new()
    {
        Severity = Diagnostic.Types.Severity.Error,
        Summary = sentence,
        Attribute = attribute is null ? null : PathOf(attribute),
    };

    /// <summary>Where an attribute is.</summary>
    public static Protocol.Path PathOf(string attribute) => new() { Steps = { new Protocol.Path.Types.Step { AttributeName = attribute } } };
}
