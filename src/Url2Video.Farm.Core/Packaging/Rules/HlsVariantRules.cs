using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Rules 5, 6 and 12: what a master playlist says of a variant, and what its media says.</summary>
internal sealed class HlsVariantRules(LintContext context)
{
    private const decimal FramesMax = 60, FrameRateApartMax = 0.01m;

    /// <summary>A variant to be heard alone.</summary>
    public static bool IsSound(ImmutableDictionary<string, string> attributes, MediaPlaylist? playlist) =>
        playlist?.Track is { } track ? !track.IsVideo
        : playlist?.Wrapping == Wrapping.PackedAudio || !attributes.ContainsKey("RESOLUTION") && CodecNames.AreOfSound(attributes.GetValueOrDefault("CODECS", ""));

    public void CheckAttributes(HlsText master, ImmutableDictionary<string, string> attributes, string uri, MediaPlaylist? playlist)
    {
        (string Name, LintRule Rule)[] wanted =
        [
            ("BANDWIDTH", LintRules.Bandwidth), ("AVERAGE-BANDWIDTH", LintRules.AverageBandwidth), ("CODECS", LintRules.Codecs),
            ("RESOLUTION", LintRules.Resolution), ("FRAME-RATE", LintRules.FrameRate),
        ];
        foreach (var (name, rule) in IsSound(attributes, playlist) ? wanted[..3] : wanted)
        {
            context.Require(attributes.ContainsKey(name), rule, master.Path, $"lacks {name} for {uri}");
        }

        var isPacked = playlist?.Wrapping == Wrapping.TransportStream
            && CodecNames.NamesOf(attributes.GetValueOrDefault("CODECS", "")).Any(c => CodecNames.FamilyOf(c).ToLowerInvariant() is "hvc1" or "hev1" or "av01");
        context.Require(!isPacked, LintRules.Container, master.Path, $"names {attributes.GetValueOrDefault("CODECS")} in MPEG-TS for {uri}", "fragmented MP4");
        context.Require(Number(attributes.GetValueOrDefault("FRAME-RATE")) is null or <= FramesMax, LintRules.FrameRateMax, master.Path, $"says FRAME-RATE {attributes.GetValueOrDefault("FRAME-RATE")} for {uri}");
    }

    public void CheckMedia(HlsText master, ImmutableDictionary<string, string> attributes, MediaPlaylist playlist, Track main, AudioGroups.Sounds sounds)
    {
        CheckCodecs(master, attributes, main, sounds);
        CheckPictures(master, attributes, main);
        if (sounds.AreAllRead)
        {
            CheckRates(master, attributes, playlist, main, [.. sounds.Tracks.Where(t => t != main)]);
        }

        foreach (var codecs in main.Init.Codecs)
        {
            context.Require(IsPlayable(main, codecs), LintRules.Level, master.Path, $"has {codecs} for {main.Name}");
        }
    }

    private void CheckCodecs(HlsText master, ImmutableDictionary<string, string> attributes, Track main, AudioGroups.Sounds sounds)
    {
        if (!attributes.TryGetValue("CODECS", out var told) || !context.IsWithin(told.Length, Limits.LintNameCharsMax, master.Path, "characters in a CODECS"))
        {
            return;
        }

        foreach (var track in sounds.Tracks.Prepend(main).Where(t => !t.Init.Codecs.IsEmpty))
        {
            context.Require(CodecNames.Has(told, track.Init.Codecs), LintRules.TrueCodecs, master.Path, $"says CODECS {told} for {track.Name}", track.Init.Codecs[0]);
        }
    }

    private void CheckPictures(HlsText master, ImmutableDictionary<string, string> attributes, Track main)
    {
        if (!main.IsVideo)
        {
            return;
        }

        var size = $"{main.Init.Width}x{main.Init.Height}";
        context.Require(attributes.GetValueOrDefault("RESOLUTION", size) == size, LintRules.TrueResolution, master.Path, $"says RESOLUTION {attributes.GetValueOrDefault("RESOLUTION")} for {main.Name}", size);
        if (attributes.TryGetValue("FRAME-RATE", out var told) && main.FrameRate is { } real)
        {
            context.Require(Number(told) is { } rate && Math.Abs(rate - real) <= FrameRateApartMax, LintRules.TrueFrameRate, master.Path, $"says FRAME-RATE {told} for {main.Name}", $"{real:0.000}");
        }
    }

    private void CheckRates(HlsText master, ImmutableDictionary<string, string> attributes, MediaPlaylist playlist, Track main, IReadOnlyList<Track> sounds)
    {
        var target = Math.Max(1, playlist.Text.Number("#EXT-X-TARGETDURATION"));
        var (average, peak) = (main.AverageRate + Largest(sounds, t => t.AverageRate), main.PeakRate(target) + Largest(sounds, t => t.PeakRate(target)));
        var (grows, ten, twentyFive) = (!playlist.Text.IsEnded, 1.1m, 1.25m);
        if (Number(attributes.GetValueOrDefault("AVERAGE-BANDWIDTH")) is { } mean)
        {
            context.Require(grows ? average <= mean * ten : IsNear(average, mean), LintRules.AverageRate, master.Path, $"says {mean} bit/s on average for {main.Name}", $"{average:0} bit/s within 10 %");
        }

        if (Number(attributes.GetValueOrDefault("BANDWIDTH")) is { } most)
        {
            context.Require(grows ? peak <= most * twentyFive : IsNear(peak, most), LintRules.PeakRate, master.Path, $"says {most} bit/s at most for {main.Name}", $"{peak:0} bit/s within 10 %");
        }

        context.Require(peak <= 2 * average, LintRules.Spread, master.Path, $"has a peak of {peak:0} bit/s and an average of {average:0} for {main.Name}");
    }

    // Within 10 % of what is declared, as Apple's appendix has it; rates of a few bits are whole numbers.
    private static bool IsNear(decimal measured, decimal declared) => Math.Abs(measured - declared) <= Math.Max(1, declared / 10);

    private static decimal Largest(IReadOnlyList<Track> sounds, Func<Track, decimal> rate) => sounds.Count == 0 ? 0 : sounds.Max(rate);

    private static bool IsPlayable(Track track, string codecs)
    {
        const int AvcHigh = 100, AvcLevelMax = 52, HevcMain10 = 2, HevcLevelMax = 153, Av1LevelMax = 18;
        var parts = codecs.Split('.');
        switch (parts[0])
        {
            case "avc1" or "avc3":
                var profile = Convert.FromHexString(parts[1]);
                return profile[0] <= AvcHigh && profile[2] <= AvcLevelMax;
            case "hvc1" or "hev1":
                return Whole(parts[1]) <= HevcMain10 && Whole(parts[3][1..]) <= HevcLevelMax;
            case "av01":
                return Whole(parts[2][..^1]) <= Av1LevelMax;
            default:
                return !track.IsVideo || parts[0] is "mp4v" or "vp09" or "dvh1" or "jpeg" or "mjpg";
        }
    }

    private static int Whole(string text) => int.TryParse(text.TrimStart('A', 'B', 'C'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static decimal? Number(string? text)
    {
        const decimal Most = uint.MaxValue * 1_000m;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < Most ? number : null;
    }
}
