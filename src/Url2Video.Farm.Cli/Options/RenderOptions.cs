using System.CommandLine;
using Url2Video.Farm.Core.Orders;
using Url2Video.Farm.Core.Outputs;

namespace Url2Video.Farm.Cli.Options;

/// <summary>The options of <c>render</c>, with the sentences of <c>--help</c>.</summary>
internal sealed class RenderOptions
{
    public Argument<string> Source { get; } = new("source")
    {
        Description = "A web page (http:// or https://), an HTML file with its images, a text or Markdown file, a storyboard.json, a folder with one of them, or - for text on standard input.",
    };

    public Option<string> Out { get; } = new("--out", "-o") { Description = "Folder for the result.", DefaultValueFactory = _ => "out" };

    public Option<string?> Format { get; } = new("--format", "-f") { Description = $"What to make: a list of {FormatCatalog.Words}. Default: mp4,hls,dash." };

    public Option<string?> Size { get; } = new("--size") { Description = "Size of the tallest rendition, e.g. 1280x720. Default: 1920x1080 or what --aspect says." };

    public Option<string?> Aspect { get; } = new("--aspect") { Description = "16:9, 9:16, 1:1 or 4:5. Default: 16:9." };

    public Option<string?> Fps { get; } = new("--fps") { Description = "Frames per second, e.g. 24, 25, 29.97, 30, 60. Default: 30." };

    public Option<int?> Seconds { get; } = new("--seconds") { Description = "Wanted length. Default: chosen from the content." };

    public Option<string?> Voice { get; } = new("--voice") { Description = "Voice id; `url2video voices` lists them. Default: chosen by language." };

    public Option<string?> Language { get; } = new("--language") { Description = "Language of the narration (BCP 47, e.g. de). Default: detected." };

    public Option<string?> Ladder { get; } = new("--ladder") { Description = "Renditions by short side, e.g. 1080,720,480. Default: chosen from the size." };

    public Option<string?> Loudness { get; } = new("--loudness") { Description = "-14 (social), -16 (podcast) or -23 (broadcast) LUFS, or the word. Default: -14." };

    public Option<string?> Captions { get; } = new("--captions") { Description = "sidecar, burned, both or none. Default: sidecar." };

    public Option<bool> NoMusic { get; } = new("--no-music") { Description = "No music bed." };

    public Option<ulong?> Seed { get; } = new("--seed") { Description = "Same seed, same film. Default: 1." };

    public Option<string?> Preset { get; } = new("--preset") { Description = "Make it for a platform, e.g. youtube, instagram-reel, broadcast; `url2video presets` lists them. Other options win where the platform takes them." };

    public Option<string?> Codecs { get; } = new("--codecs") { Description = "Codecs of HLS and DASH: a list of h264, hevc, av1. Default: h264." };

    public Option<string?> Profile { get; } = new("--profile") { Description = "standard, or fast for drafts: quicker, larger files. Default: standard." };

    public Option<int?> CrfShift { get; } = new("--crf-shift") { Description = "Quality: -12 (better) to 12 (smaller). Default: 0, or what the preset says." };

    public Option<string?> Encoder { get; } = new("--encoder") { Description = "cpu, or nvenc for H.264, HEVC and AV1 by nodes with such a GPU. Default: cpu." };

    public Option<string?> TrickPlay { get; } = new("--trick-play") { Description = "What HLS and DASH have to wind and seek by: all, none, or a list of iframes, thumbnails. Default: all." };

    public Option<string?> Quality { get; } = new("--quality") { Description = "report: measure the film and write quality.json; gate: also hold it back when it has errors; off. Default: report, or what the preset says." };

    public Option<bool> AllowPrivate { get; } = new("--allow-private") { Description = "Allow pages on private and loopback addresses (an intranet, a test server)." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(Source);
        foreach (Option option in new Option[] { Out, Format, Size, Aspect, Fps, Seconds, Voice, Language, Ladder, Loudness, Captions, NoMusic, Seed, Preset, Codecs, Profile, CrfShift, Encoder, TrickPlay, Quality, AllowPrivate })
        {
            command.Options.Add(option);
        }
    }

    public RenderArguments Read(ParseResult parsed) => new(
        parsed.GetValue(Source)!,
        parsed.GetValue(Out)!,
        parsed.GetValue(AllowPrivate),
        new OrderWishes
        {
            Format = parsed.GetValue(Format),
            Size = parsed.GetValue(Size),
            Aspect = parsed.GetValue(Aspect),
            Fps = parsed.GetValue(Fps),
            Seconds = parsed.GetValue(Seconds),
            Voice = parsed.GetValue(Voice),
            Language = parsed.GetValue(Language),
            Ladder = parsed.GetValue(Ladder),
            Loudness = parsed.GetValue(Loudness),
            Captions = parsed.GetValue(Captions),
            NoMusic = parsed.GetValue(NoMusic),
            Seed = parsed.GetValue(Seed),
            Preset = parsed.GetValue(Preset),
            Codecs = parsed.GetValue(Codecs),
            Profile = parsed.GetValue(Profile),
            CrfShift = parsed.GetValue(CrfShift),
            Encoder = parsed.GetValue(Encoder),
            TrickPlay = parsed.GetValue(TrickPlay),
            Quality = parsed.GetValue(Quality),
        });
}
