using System.Collections.Immutable;

namespace Url2Video.Farm.Api.Videos;

/// <summary>A film, as clients get it.</summary>
/// <param name="Status">queued, fetching, planning, rendering, encoding, storing, succeeded, failed or canceled.</param>
/// <param name="Progress">0..1; never falls.</param>
/// <param name="EtaSeconds">How long it may still take, as it went so far; absent while nobody knows.</param>
/// <param name="Paused">Nothing is begun for it until it is resumed.</param>
/// <param name="Priority">urgent, normal or low.</param>
/// <param name="DurationSeconds">Length of the film; absent until it is planned.</param>
/// <param name="Retries">Attempts that failed or whose node was lost; the farm went on by itself.</param>
/// <param name="Outputs">What can be fetched now, with signed addresses; HLS is there while the film is still being made.</param>
public sealed record Video(
    string Id,
    string Status,
    double Progress,
    int? EtaSeconds,
    bool Paused,
    string? Title,
    string Priority,
    int Weight,
    string Tenant,
    string Source,
    double? DurationSeconds,
    VideoChunks Chunks,
    int Retries,
    ImmutableArray<string> Warnings,
    VideoError? Error,
    VideoOutputs? Outputs,
    IReadOnlyDictionary<string, string> Metadata,
    string? CallbackUrl,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    VideoLinks Links);

/// <summary>Pieces of the film.</summary>
/// <param name="Total">0 until the film is planned.</param>
/// <param name="Published">Can be played now.</param>
public sealed record VideoChunks(int Done, int Published, int Total);

/// <summary>Why a film failed or was canceled.</summary>
/// <param name="Stage">The status it had.</param>
public sealed record VideoError(string Code, string? LegacyCode, string Message, string? Hint, string Stage, bool Retryable);

/// <param name="ExpiresAt">When the addresses end; ask again for new ones.</param>
public sealed record VideoOutputs(string? Hls, string? Dash, string? Mp4, string? Captions, string? Thumbnail, string? Thumbnails, DateTimeOffset ExpiresAt);

public sealed record VideoLinks(string Self, string Events, string Files);

/// <param name="HasMore">Whether there are older ones.</param>
/// <param name="NextCursor">For <c>cursor</c> of the next page.</param>
public sealed record VideoPage(ImmutableArray<Video> Data, bool HasMore, string? NextCursor);

/// <param name="Valid">The order would be taken.</param>
public sealed record DryRun(bool Valid, int Width, int Height, string Fps, ImmutableArray<string> Formats, ImmutableArray<string> Ladder);

/// <param name="Path">Inside the film's package.</param>
/// <param name="Url">Signed; ends with the others of this answer.</param>
public sealed record VideoFile(string Path, long Bytes, string Sha256, string Url);

public sealed record VideoFiles(ImmutableArray<VideoFile> Data, DateTimeOffset ExpiresAt);

/// <param name="Id">For <c>upload</c> in an order of the same tenant.</param>
public sealed record Upload(string Id, long Bytes, string Sha256);
