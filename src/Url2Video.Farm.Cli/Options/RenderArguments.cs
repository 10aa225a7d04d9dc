using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Cli.Options;

/// <summary>What the user typed after <c>render</c>, not yet judged. Null: the option was not given.</summary>
internal sealed record RenderArguments(
    string Source,
    string Out,
    string? Format,
    string? Size,
    string? Aspect,
    string? Fps,
    int? Seconds,
    string? Voice,
    string? Language,
    string? Ladder,
    string? Loudness,
    string? Captions,
    bool NoMusic,
    bool AllowPrivate,
    ulong? Seed);

/// <summary>A judged order, apart from the source, which is read from disk or named by URL later.</summary>
internal sealed record RenderOrder(Brief Brief, OutputFormats Formats, IReadOnlyList<int> Ladder);
