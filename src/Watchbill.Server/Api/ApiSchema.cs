using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Watchbill.Server.Api;

/// <summary>Lists the words that a parameter knows.</summary>
internal sealed class ApiSchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var attributes = context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: true)
            ?? (context.ParameterDescription?.ModelMetadata as Microsoft.AspNetCore.Mvc.ModelBinding.Metadata.DefaultModelMetadata)?.Attributes.Attributes.OfType<AllowedValuesAttribute>().ToArray();
        if (attributes?.OfType<AllowedValuesAttribute>().FirstOrDefault() is { } words)
        {
            schema.Enum = [.. words.Values.OfType<string>().Select(static word => (JsonNode)word)];
        }

        return Task.CompletedTask;
    }
}
