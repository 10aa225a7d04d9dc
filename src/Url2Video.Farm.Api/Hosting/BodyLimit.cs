using Microsoft.AspNetCore.Http.Metadata;

namespace Url2Video.Farm.Api.Hosting;

/// <summary>A route whose body may be larger than others'.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
