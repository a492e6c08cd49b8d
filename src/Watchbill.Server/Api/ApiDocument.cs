using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Watchbill.Contracts;

namespace Watchbill.Server.Api;

/// <summary>What the document says of the API as a whole.</summary>
internal sealed class ApiDocument : IOpenApiDocumentTransformer
{
    public const string SecurityScheme = "token";
    public const string Refusal = "Refusal";

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Watchbill",
            Version = "v1",
            Description = """
                Who can reach what in Sentry, why, since when and until when. Send an API token as a bearer token; it may do what both it and its account may.
                Refusals are problem documents (RFC 9457) with a stable code. Lists are read part by part with a cursor. Changes can be sent again safely with an
                Idempotency-Key. Things that people edit carry an ETag; a change must send it as If-Match. Instants are RFC 3339.
                """,
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [SecurityScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API token, made in the console under My account, or with `watchbill login`." },
        };
        document.AddComponent(nameof(Problem), await context.GetOrCreateSchemaAsync(typeof(Problem), parameterDescription: null, cancellationToken));
        document.AddComponent(Refusal, new OpenApiResponse
        {
            Description = "Refused: a problem document with a stable code",
            Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(Problem), document) } },
        });
    }
}
