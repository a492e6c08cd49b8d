using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Watchbill.Server.Api;

/// <summary>Lists the words that a parameter knows.</summary>
internal sealed class ApiSchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if ((OfParameter(context) ?? OfField(context)) is { } words)
        {
            schema.Enum = [.. words.Values.OfType<string>().Select(static word => (JsonNode)word)];
        }

        return Task.CompletedTask;
    }

    private static AllowedValuesAttribute? OfParameter(OpenApiSchemaTransformerContext context) =>
        (context.ParameterDescription?.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo.GetCustomAttribute<AllowedValuesAttribute>();

    private static AllowedValuesAttribute? OfField(OpenApiSchemaTransformerContext context) =>
        context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: true).OfType<AllowedValuesAttribute>().FirstOrDefault();
}
