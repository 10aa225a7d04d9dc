using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Contracts;

/// <summary>How the pictures are to be coded, where it differs from the customary.</summary>
public sealed record EncodingWishes
{
    public static readonly EncodingWishes Customary = new();

    /// <summary>Codecs of the package besides H.264, which every player knows: each gets the whole ladder.</summary>
    public ImmutableArray<VideoCodec> Codecs { get; init => field = value.IsDefault ? [] : value; } = [];

    public EncodingProfile Profile { get; init; }

    /// <summary>Added to every rate factor: negative for better and larger, positive for smaller.</summary>
    public int CrfShift { get; init; }

    /// <summary>H.264, HEVC and AV1 by the encoder of a GPU, for the whole length of every rendition.</summary>
    public bool Nvenc { get; init; }

    /// <summary>The film may not be longer; 0: no bound but the farm's.</summary>
    public int SecondsMax { get; init; }

    /// <summary>The preset that this came from, for sentences; empty for none.</summary>
    public string Preset { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>What the package is not to have to wind and seek by; nothing is left out unless somebody says so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TrickPlayKinds WithoutTrickPlay { get; init; }

    /// <summary>Null for what is customary, which orders leave out.</summary>
    public EncodingWishes? OrNull() => this == Customary ? null : this;

    public bool Equals(EncodingWishes? other) => other is not null
        && Codecs.AsSpan().SequenceEqual(other.Codecs.AsSpan())
        && (Profile, CrfShift, Nvenc, SecondsMax, Preset, WithoutTrickPlay) == (other.Profile, other.CrfShift, other.Nvenc, other.SecondsMax, other.Preset, other.WithoutTrickPlay);

    public override int GetHashCode() => HashCode.Combine(Codecs.Length, Profile, CrfShift, Nvenc, SecondsMax, Preset, WithoutTrickPlay);
}
