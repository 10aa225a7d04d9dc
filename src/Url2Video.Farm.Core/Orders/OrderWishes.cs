using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Orders;

/// <summary>How a film is wished for, as a person writes it on a command line or in a request; not yet judged. Null: not said.</summary>
public sealed record OrderWishes
{
    /// <summary>A list of the words of <see cref="Outputs.FormatCatalog"/>.</summary>
    public string? Format { get; init; }

    /// <summary>WIDTHxHEIGHT.</summary>
    public string? Size { get; init; }

    /// <summary>16:9, 9:16, 1:1 or 4:5.</summary>
    public string? Aspect { get; init; }

    public string? Fps { get; init; }

    public int? Seconds { get; init; }

    public string? Voice { get; init; }

    public string? Language { get; init; }

    /// <summary>Short sides, as 1080,720,480.</summary>
    public string? Ladder { get; init; }

    public string? Loudness { get; init; }

    public string? Captions { get; init; }

    public bool NoMusic { get; init; }

    public ulong? Seed { get; init; }

    /// <summary>A name of <see cref="PresetCatalog"/>.</summary>
    public string? Preset { get; init; }

    /// <summary>Codecs of HLS and DASH: a list of h264, hevc, av1.</summary>
    public string? Codecs { get; init; }

    /// <summary>standard or fast.</summary>
    public string? Profile { get; init; }

    /// <summary>Steps of the rate factor: better when negative.</summary>
    public int? CrfShift { get; init; }

    /// <summary>cpu or nvenc.</summary>
    public string? Encoder { get; init; }

    /// <summary>What HLS and DASH have to wind and seek by: all, none, or a list of iframes, thumbnails.</summary>
    public string? TrickPlay { get; init; }

    /// <summary>report, gate or off.</summary>
    public string? Quality { get; init; }
}

/// <summary>A judged order, apart from its source.</summary>
/// <param name="Ladder">Tallest first; empty for the default.</param>
public sealed record FilmOrder(Brief Brief, OutputFormats Formats, ImmutableArray<int> Ladder)
{
    public EncodingWishes Encoding { get; init; } = EncodingWishes.Customary;

    public QualityMode Quality { get; init; }
}

/// <summary>One wish that cannot be met.</summary>
/// <param name="Field">Name of the wish, as <c>size</c>: an option's name and a property's name alike.</param>
/// <param name="Value">As it was written.</param>
/// <param name="Allowed">What would be possible.</param>
public sealed record OrderFault(string Field, string Value, string Allowed)
{
    /// <param name="name">How the reader knows the field, e.g. <c>--size</c>.</param>
    public FarmError As(string name) => new(ErrorCodes.InvalidArgument, $"{name} {Shown} is not possible.", $"Give {Allowed}.");

    private string Shown => Value.Length > 100 ? Value[..100] + "…" : Value;
}
