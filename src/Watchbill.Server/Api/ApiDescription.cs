using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Watchbill.Console.Pages.Api;

namespace Watchbill.Server.Api;

/// <summary>Gives the console the document that the server serves. It is made once: addresses do not change while a server runs.</summary>
internal sealed class ApiDescription : IApiDescription
{
    private readonly Lazy<Task<JsonElement>> _document;

    public ApiDescription([FromKeyedServices(ApiHosting.DocumentName)] IOpenApiDocumentProvider provider) => _document = new(() => MakeAsync(provider));

    public Task<JsonElement> ReadAsync(CancellationToken cancellationToken) => _document.Value.WaitAsync(cancellationToken);

    private static async Task<JsonElement> MakeAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        return JsonDocument.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, CancellationToken.None)).RootElement;
    }
}
