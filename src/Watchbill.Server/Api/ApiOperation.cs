using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Watchbill.Api;

namespace Watchbill.Server.Api;

/// <summary>What the document says of each address beyond what its handler's types tell: the right it needs, its headers, its refusals.</summary>
internal sealed class ApiOperation : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(static parameter => parameter.In is ParameterLocation.Query) ?? [])
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        }

        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiDocument.SecurityScheme, context.Document)] = [] }];
        }

        if (metadata.OfType<IAuthorizeData>().Select(static data => data.Policy).OfType<string>().FirstOrDefault() is { } policy)
        {
            operation.Description = $"Needs the right `{JsonNamingPolicy.KebabCaseLower.ConvertName(policy.Split(':')[1])}`.";
        }

        if (metadata.OfType<IdempotentMetadata>().Any())
        {
            AddHeader(operation, "Idempotency-Key", "Carries the change out once however often it is sent, and gives the same answer each time; kept for a day. A UUID, for example.");
        }

        if (metadata.OfType<VersionedMetadata>().Any())
        {
            AddHeader(operation, "If-Match", "The ETag that came with the thing: the version that is changed.");
        }

        operation.Responses!["default"] = new OpenApiResponseReference(ApiDocument.Refusal, context.Document);
        return Task.CompletedTask;
    }

    private static void AddHeader(OpenApiOperation operation, string name, string description)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
    }
}
