using System.Collections.Immutable;
using System.Globalization;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Orders;

/// <summary>Judges how the pictures are to be coded.</summary>
internal static class EncodingRules
{
    public static EncodingWishes Judge(OrderWishes wishes, Preset? preset, OutputFormats formats, ImmutableArray<OrderFault>.Builder faults)
    {
        var encoding = new EncodingWishes
        {
            Codecs = Codecs(wishes.Codecs, formats, faults),
            Profile = Profile(wishes.Profile, faults),
            CrfShift = CrfShift(wishes.CrfShift, preset, faults),
            Nvenc = IsNvenc(wishes.Encoder, faults),
            SecondsMax = preset?.SecondsMax ?? 0,
            Preset = preset?.Name ?? string.Empty,
            WithoutTrickPlay = WithoutTrickPlay(wishes.TrickPlay, faults),
        };
        return encoding == EncodingWishes.Customary ? EncodingWishes.Customary : encoding;
    }

    private static ImmutableArray<VideoCodec> Codecs(string? list, OutputFormats formats, ImmutableArray<OrderFault>.Builder faults)
    {
        if (list is null)
        {
            return [];
        }

        var codecs = ImmutableArray.CreateBuilder<VideoCodec>();
        foreach (var word in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word.ToLowerInvariant())
            {
                case "h264":
                    break; // Always there.
                case "hevc" or "h265":
                    codecs.Add(VideoCodec.Hevc);
                    break;
                case "av1":
                    codecs.Add(VideoCodec.Av1);
                    break;
                default:
                    faults.Add(new OrderFault("codecs", word, "a list of h264, hevc, av1; h264 is always among them, because every player has it"));
                    break;
            }
        }

        if (codecs.Count > 0 && (formats & OutputFormats.Package) == 0)
        {
            faults.Add(new OrderFault("codecs", list, "codecs for hls or dash only; files are asked for by format, as mp4-hevc or webm-av1"));
        }

        return [.. codecs.Distinct().Order()];
    }

    private static EncodingProfile Profile(string? word, ImmutableArray<OrderFault>.Builder faults)
    {
        switch (word?.ToLowerInvariant())
        {
            case null or "standard":
                return EncodingProfile.Standard;
            case "fast":
                return EncodingProfile.Fast;
            default:
                faults.Add(new OrderFault("profile", word!, "standard or fast"));
                return EncodingProfile.Standard;
        }
    }

    private static int CrfShift(int? said, Preset? preset, ImmutableArray<OrderFault>.Builder faults)
    {
        if (said is < -Limits.CrfShiftMax or > Limits.CrfShiftMax)
        {
            faults.Add(new OrderFault("crf-shift", said.Value.ToString(CultureInfo.InvariantCulture), $"a whole number from -{Limits.CrfShiftMax} (better) to {Limits.CrfShiftMax} (smaller)"));
            return 0;
        }

        return said ?? preset?.CrfShift ?? 0;
    }

    private static bool IsNvenc(string? word, ImmutableArray<OrderFault>.Builder faults)
    {
        switch (word?.ToLowerInvariant())
        {
            case null or "cpu":
                return false;
            case "nvenc":
                return true;
            default:
                faults.Add(new OrderFault("encoder", word!, "cpu or nvenc"));
                return false;
        }
    }

    private static TrickPlayKinds WithoutTrickPlay(string? list, ImmutableArray<OrderFault>.Builder faults)
    {
        var wanted = TrickPlayKinds.None;
        foreach (var word in (list ?? "all").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word.ToLowerInvariant())
            {
                case "all":
                    wanted = TrickPlayKinds.All;
                    break;
                case "none":
                    break;
                case "iframes":
                    wanted |= TrickPlayKinds.IFrames;
                    break;
                case "thumbnails":
                    wanted |= TrickPlayKinds.Thumbnails;
                    break;
                default:
                    faults.Add(new OrderFault("trick-play", word, "all, none, or a list of iframes, thumbnails"));
                    break;
            }
        }

        return TrickPlayKinds.All & ~wanted;
    }
}
