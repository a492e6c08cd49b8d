using System.Text.Json;

namespace Watchbill.Console.Pages.Api;

/// <summary>The OpenAPI document of the API that the host serves.</summary>
public interface IApiDescription
{
    /// <summary>The document.</summary>
    Task<JsonElement> ReadAsync(CancellationToken cancellationToken);
}
