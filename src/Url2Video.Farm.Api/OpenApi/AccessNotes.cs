using System.Globalization;
using Microsoft.OpenApi;
using Url2Video.Farm.Api.Hosting;

namespace Url2Video.Farm.Api.OpenApi;

/// <summary>Says of each route who may call it, and what a refused one is answered.</summary>
internal static class AccessNotes
{
    public const string KeyScheme = "key";
    public const string BearerScheme = "bearer";

    public static void Add(OpenApiOperation operation, Access? access, OpenApiDocument? document)
    {
        operation.Description = string.Join(' ', new[] { operation.Description, Sentence(access) }.Where(s => !string.IsNullOrEmpty(s)));
        operation.Responses ??= [];
        if (access is not { Kind: AccessKind.Anonymous })
        {
            Refusal(operation, 401, "No live key or session.");
            Refusal(operation, 403, "Not allowed with this key or address.");
        }

        if (access is { Kind: AccessKind.Key })
        {
            Refusal(operation, 429, "Too many requests; Retry-After says how long to wait.");
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerScheme, document)] = [] },
            ];
        }

        Refusal(operation, 500, "A mistake of the server.");
    }

    public static string Sentence(Access? access) => access switch
    {
        null => "Closed.",
        { Kind: AccessKind.Anonymous } => "Open to everybody.",
        { Kind: AccessKind.Node } => "For nodes of the farm with a live session.",
        { Kind: AccessKind.Signed } => "By a signed, expiring address.",
        _ => $"Needs a key with the scope {access.Scope}.",
    };

    private static void Refusal(OpenApiOperation operation, int status, string what) => operation.Responses!.TryAdd(
        status.ToString(CultureInfo.InvariantCulture),
        new OpenApiResponse
        {
            Description = what,
            Content = new Dictionary<string, OpenApiMediaType> { [Problems.ProblemAnswer.ContentType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } } },
        });
}
