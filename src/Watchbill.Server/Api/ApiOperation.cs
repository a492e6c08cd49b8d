using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Watchbill.Api;
using Watchbill.Contracts;

namespace Watchbill.Server.Api;

/// <summary>What the document says of each address beyond what its handler's types tell: the right it needs, its headers, its refusals.</summary>
internal sealed class ApiOperation : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
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

        operation.Responses!["default"] = new OpenApiResponse
        {
            Description = "Refused: a problem document with a stable code",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(Problem), parameterDescription: null, cancellationToken) },
            },
        };
    }

    private static void AddHeader(OpenApiOperation operation, string name, string description)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
    }
}
