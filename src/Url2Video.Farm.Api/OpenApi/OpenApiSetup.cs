using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Url2Video.Farm.Api.OpenApi;

/// <summary>The description of the API: OpenAPI 3.1 at <c>/openapi/v2.json</c>.</summary>
internal static class OpenApiSetup
{
    public const string Document = "v2";

    public static void Add(IServiceCollection services) => services.AddOpenApi(Document, options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);
}
