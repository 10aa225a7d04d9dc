using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Publishing;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Videos;

/// <summary>Makes answers of a film's facts.</summary>
internal sealed class VideoViews(ApiParts parts)
{
    private static readonly IReadOnlyDictionary<string, string> NoMetadata = ImmutableDictionary<string, string>.Empty;

    private readonly PackageReader _files = new(parts.Database);

    public async Task<Video> OfAsync(HttpContext context, FilmFacts film, CancellationToken cancellation)
    {
        var request = film.Request!;
        var paths = film.ChunksPublished > 0 || film.IsAssembled || film.IsPublished
            ? (await _files.ListAsync(film.Id, cancellation).ConfigureAwait(false)).Select(f => f.Path).ToHashSet(StringComparer.Ordinal)
            : [];
        var self = $"{BaseOf(context)}/api/v2/videos/{film.Id.Value}";
        return new Video(
            film.Id.Value,
            VideoWords.Of(film.Stage),
            film.Permille / 1000.0,
            (int?)film.Remaining(parts.Clock.GetUtcNow())?.TotalSeconds,
            film.IsPaused,
            film.Title,
            VideoWords.Of(request.Band),
            request.Weight,
            request.Tenant,
            SourceOf(request.Source),
            film.ChunksTotal == 0 ? null : Math.Round(film.SecondsTotal, 3),
            new VideoChunks(film.ChunksDone, film.ChunksPublished, film.ChunksTotal),
            film.Retries,
            [.. film.Warnings],
            ErrorOf(film),
            OutputsOf(context, film, paths),
            MetadataOf(request),
            request.CallbackUrl.Length == 0 ? null : request.CallbackUrl,
            film.SubmittedAt,
            film.EndedAt,
            new VideoLinks(self, self + "/events", self + "/files"));
    }

    public async Task<VideoFiles> FilesAsync(HttpContext context, ProjectId project, CancellationToken cancellation)
    {
        var prefix = parts.Links.For(project, context.Caller().KeyId);
        var root = BaseOf(context) + prefix.Path;
        var files = await _files.ListAsync(project, cancellation).ConfigureAwait(false);
        return new VideoFiles([.. files.Select(f => new VideoFile(f.Path, f.File.Bytes, f.File.Id.Sha256, root + f.Path))], prefix.ExpiresAt);
    }

    /// <summary>What clients reach this server by, without a slash at the end.</summary>
    public string BaseOf(HttpContext context) =>
        parts.Options.PublicUrl is { } url ? url.GetLeftPart(UriPartial.Path).TrimEnd('/') : $"{context.Request.Scheme}://{context.Request.Host.ToUriComponent()}";

    public static VideoError? ErrorOf(FilmFacts film) => film.Error is not { } error ? null : new VideoError(
        error.Code,
        ErrorCodes.Describe(error.Code).Alias,
        error.Message,
        error.WayOut,
        VideoWords.Of((film with { Status = ProjectStatus.Active }).Stage),
        error.Retryable);

    private VideoOutputs? OutputsOf(HttpContext context, FilmFacts film, HashSet<string> paths)
    {
        if (paths.Count == 0)
        {
            return null;
        }

        var prefix = parts.Links.For(film.Id, context.Caller().KeyId);
        var root = BaseOf(context) + prefix.Path;
        string? Link(string path) => paths.Contains(path) ? root + path : null;
        return new VideoOutputs(
            Link(PackageLayout.HlsMaster), Link(PackageLayout.DashManifest), Link("video.mp4"), Link("captions.vtt") ?? Link(PackageLayout.CaptionsFile), Link("thumbnail.jpg"), Link(PackageLayout.ThumbnailCues), prefix.ExpiresAt);
    }

    private static string SourceOf(SourceSpec source) => source switch
    {
        SourceSpec.WebPage page => page.Url,
        SourceSpec.PageBundle bundle => bundle.Entry,
        SourceSpec.StoryboardBundle bundle => bundle.Entry,
        _ => "text",
    };

    private static IReadOnlyDictionary<string, string> MetadataOf(ProjectRequest request) => request.Metadata.Length == 0
        ? NoMetadata
        : JsonSerializer.Deserialize<SortedDictionary<string, string>>(request.Metadata) ?? NoMetadata;
}
