using System.Text.Json.Nodes;

namespace Url2Video.Farm.Api.Videos;

/// <summary>
/// The body of an order, for the description of the API; <see cref="Core.Orders.FilmRequestReader"/> reads it, and a test holds the two together.
/// </summary>
/// <param name="Source">An address as a text, or an object with one of: url; text; storyboard (with files); upload (with name); entry with files.</param>
/// <param name="Formats">Of mp4, hls, dash (these three by default), mp4-hevc, mp4-av1, mov, prores, prores4444, webm, webm-av1, avi, gif, png, m4a, mp3, flac, wav, wav24.</param>
/// <param name="Size">WIDTHxHEIGHT of the tallest rendition, even sides.</param>
/// <param name="Aspect">16:9, 9:16, 1:1 or 4:5.</param>
/// <param name="Fps">10..120, as a number or a fraction.</param>
/// <param name="Seconds">Wanted length, 5..3600.</param>
/// <param name="Language">BCP 47; detected by default.</param>
/// <param name="Captions">sidecar, burned, both or none.</param>
/// <param name="Loudness">-14, -16 or -23 LUFS.</param>
/// <param name="Ladder">Renditions by short side.</param>
/// <param name="Seed">Same seed, same film.</param>
/// <param name="Preset">A platform's name, as youtube: fills in what is not said and bounds what is.</param>
/// <param name="Codecs">Of HLS and DASH besides h264: hevc, av1.</param>
/// <param name="Profile">standard or fast.</param>
/// <param name="CrfShift">-12 (better) to 12 (smaller).</param>
/// <param name="Encoder">cpu or nvenc.</param>
/// <param name="TrickPlay">What HLS and DASH have to wind and seek by: iframes, thumbnails; all of it by default, or none.</param>
/// <param name="Quality">report, gate (a film with errors is held back) or off.</param>
/// <param name="Priority">urgent, normal or low.</param>
/// <param name="Weight">Share among projects of the same priority, 1..1000.</param>
/// <param name="Limits">Named limits (licences) that each job takes one of.</param>
/// <param name="CallbackUrl">Told when the film ends.</param>
/// <param name="Metadata">Given back with the film; texts.</param>
/// <param name="DryRun">Judge only; nothing is queued.</param>
public sealed record VideoOrderBody(
    JsonNode Source,
    string[]? Formats,
    string? Size,
    string? Aspect,
    string? Fps,
    int? Seconds,
    string? Voice,
    string? Language,
    string? Captions,
    string? Loudness,
    bool? Music,
    int[]? Ladder,
    long? Seed,
    string? Preset,
    string[]? Codecs,
    string? Profile,
    int? CrfShift,
    string? Encoder,
    string[]? TrickPlay,
    string? Quality,
    string? Priority,
    int? Weight,
    string[]? Limits,
    string? CallbackUrl,
    Dictionary<string, string>? Metadata,
    bool? DryRun);
