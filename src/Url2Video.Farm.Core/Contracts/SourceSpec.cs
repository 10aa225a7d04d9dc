using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Contracts;

/// <summary>A file that came with a submission: its path inside the bundle (forward slashes, relative, no <c>..</c>) and its bytes.</summary>
public sealed record BundleFile(string Path, ArtifactRef Artifact);

/// <summary>What a film is made of. Local files travel as artifacts, so a node never reads the submitter's disk.</summary>
public abstract record SourceSpec
{
    private SourceSpec() { }

    /// <param name="AllowPrivateAddresses">True when the operator started the farm with the flag that allows loopback and private addresses.</param>
    public sealed record WebPage(string Url, bool AllowPrivateAddresses = false) : SourceSpec;

    /// <param name="Entry">Path in the bundle of the HTML file.</param>
    public sealed record PageBundle(string Entry, ImmutableArray<BundleFile> Files) : SourceSpec;

    /// <param name="Text">UTF-8 plain text or Markdown.</param>
    public sealed record PlainText(ArtifactRef Text) : SourceSpec;

    /// <param name="Entry">Path in the bundle of the storyboard JSON; images are named in it by bundle path.</param>
    public sealed record StoryboardBundle(string Entry, ImmutableArray<BundleFile> Files) : SourceSpec;
}

/// <summary>Wishes of the person who orders the film. Null means: choose from the content.</summary>
/// <param name="Width">Luma pixels of the tallest rung, even, 128..7680.</param>
/// <param name="Height">Luma pixels of the tallest rung, even, 128..4320.</param>
/// <param name="SecondsTarget">Wanted length in seconds, 5..3600; the spoken words decide the real one.</param>
/// <param name="Voice">Voice id such as <c>flite:rms</c> or <c>espeak:de</c>.</param>
/// <param name="Language">BCP 47 language of the narration.</param>
/// <param name="LoudnessLufsTenths">Integrated loudness target in tenths of LUFS: −140 or −230.</param>
/// <param name="Captions">Where captions go.</param>
public sealed record Brief(
    int Width,
    int Height,
    Rational Fps,
    int? SecondsTarget,
    string? Voice,
    string? Language,
    int LoudnessLufsTenths,
    bool Music,
    CaptionPlacement Captions,
    ulong Seed)
{
    /// <summary>
    /// Which of the values the person really gave; the others are the caller's defaults. A page is written with all of them, but a
    /// storyboard says these things itself and gives way only to what is named here.
    /// </summary>
    public BriefFields Explicit { get; init; }
}

/// <summary>The wishes of a <see cref="Brief"/>, one bit each.</summary>
[Flags]
public enum BriefFields
{
    None = 0,
    Size = 1,
    Fps = 2,
    Seconds = 4,
    Voice = 8,
    Language = 16,
    Loudness = 32,
    Music = 64,
    Captions = 128,
    Seed = 256,
}

public enum CaptionPlacement
{
    None,
    Sidecar,
    Burned,
    Both,
}

/// <summary>One order: what to make, of what.</summary>
/// <param name="Ladder">Heights of the rungs wanted (short side for portrait), tallest first; empty for the default ladder.</param>
public sealed record ProjectRequest(
    SourceSpec Source,
    Brief Brief,
    OutputFormats Formats,
    ImmutableArray<int> Ladder)
{
    /// <summary>
    /// Absolute path of the folder the results go to. Part of the order, and so of the journal: a resumed film knows where it
    /// belongs. Empty in a farm whose results are fetched over HTTP.
    /// </summary>
    public string OutDir { get; init; } = string.Empty;

    // The JSON readers that are generated at build time set every init property, an absent one to default(T): each is put right where it is set.
    /// <summary>How urgent the project is among all of the farm.</summary>
    public Band Band { get; init; }

    /// <summary>Share among projects of the same band and tenant, 1..<see cref="Core.Limits.ProjectWeightMax"/>.</summary>
    public int Weight { get; init => field = Math.Max(1, value); } = 1;

    /// <summary>Who ordered it: shares and caps are kept by tenant. Empty in a farm of one user.</summary>
    public string Tenant { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>Named limits (licences) of which every job of the project takes one each while it runs, sorted; empty for none.</summary>
    public ImmutableArray<string> Limits { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Where the end of the film is told; empty for nobody.</summary>
    public string CallbackUrl { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The client's own words as a JSON object of texts, given back with the film; empty for none.</summary>
    public string Metadata { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>How the pictures are coded; null: as is customary.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public EncodingWishes? Encoding { get; init; }

    /// <summary>What becomes of the judgement on the film.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public QualityMode Quality { get; init; }
}

/// <summary>Priority of a project. Numbers are stored and cross the wire: frozen.</summary>
public enum Band
{
    Normal = 0,

    /// <summary>Before everything else.</summary>
    Urgent = 1,

    /// <summary>What is left over, but never less than the guaranteed minimum.</summary>
    Low = 2,
}
