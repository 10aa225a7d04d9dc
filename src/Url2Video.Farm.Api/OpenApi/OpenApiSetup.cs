using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Url2Video.Farm.Api.Hosting;

namespace Url2Video.Farm.Api.OpenApi;

/// <summary>The description of the API: OpenAPI 3.1 at <c>/openapi/v2.json</c>.</summary>
internal static class OpenApiSetup
{
    public const string Document = "v2";

    public static void Add(IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = _ => true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            AccessNotes.Add(operation, context.Description.ActionDescriptor.EndpointMetadata.OfType<Access>().LastOrDefault(), context.Document);
            return Task.CompletedTask;
        });
    });

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Url2Video.Farm",
            Version = "2",
            Description = "Films from web pages, made on a farm. Every failure is application/problem+json with a stable code.",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [AccessNotes.KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-API-Key" },
            [AccessNotes.BearerScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
        };
    }
}
