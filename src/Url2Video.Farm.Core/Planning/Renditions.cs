using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Outputs;

namespace Url2Video.Farm.Core.Planning;

/// <summary>Chooses every rendition of a film: the ladders of the package, and what files for download are joined from.</summary>
public static class Renditions
{
    /// <summary>Formats whose files are made from the H.264 of the ladder.</summary>
    private const OutputFormats OfLadder = OutputFormats.Package | OutputFormats.Mp4 | OutputFormats.Mov | OutputFormats.Gif;

    /// <param name="ladder">Wanted short sides; empty for the default ladder.</param>
    public static Outcome<ImmutableArray<Rung>> For(int width, int height, ImmutableArray<int> ladder, OutputFormats formats, EncodingWishes encoding)
    {
        var customary = Ladder.For(width, height, ladder);
        if (!customary.IsOk)
        {
            return customary.Error;
        }

        var sides = customary.Value.Select(r => Math.Min(r.Width, r.Height)).ToArray();
        var rungs = ImmutableArray.CreateBuilder<Rung>();
        if ((formats & OfLadder) != 0)
        {
            rungs.AddRange(customary.Value.Zip(sides, (r, side) => Ladder.Make(width, height, side, VideoCodec.H264, encoding.Profile)));
        }

        if ((formats & OutputFormats.Package) != 0)
        {
            foreach (var codec in encoding.Codecs.Where(c => c != VideoCodec.H264).Distinct().Order())
            {
                rungs.AddRange(sides.Select(side => Ladder.Make(width, height, side, codec, encoding.Profile)));
            }
        }

        foreach (var codec in FormatCatalog.In(formats).Where(f => f.Pictures == PictureSource.Rung).Select(f => f.Codec).Distinct().Order())
        {
            var rung = Ladder.Make(width, height, sides[0], codec, encoding.Profile);
            if (rungs.All(r => r.Name != rung.Name))
            {
                rungs.Add(rung with { IsFileOnly = true });
            }
        }

        return rungs.Select(r => Wished(r, encoding)).ToImmutableArray();
    }

    /// <summary>The rendition that a format is made from; null when it needs none.</summary>
    public static Rung? SourceOf(FormatInfo format, ImmutableArray<Rung> ladder) => format.Pictures switch
    {
        PictureSource.Rung => ladder.First(r => r.Codec == format.Codec),
        // The smallest that need not be enlarged: it is decoded twice.
        PictureSource.Transcoded => ladder.LastOrDefault(r => r.Codec == format.Codec && Math.Max(r.Width, r.Height) >= Limits.GifSideMax)
            ?? ladder.First(r => r.Codec == format.Codec),
        _ => null,
    };

    private static Rung Wished(Rung rung, EncodingWishes encoding)
    {
        var isNvenc = encoding.Nvenc && rung.Codec is (VideoCodec.H264 or VideoCodec.Hevc or VideoCodec.Av1);
        return rung with
        {
            Crf = rung.Crf == 0 ? 0 : Math.Clamp(rung.Crf + encoding.CrfShift, 1, CodecTable.CrfMax(rung.Codec)),
            IsNvenc = isNvenc,
            Name = isNvenc ? rung.Name + "-nvenc" : rung.Name,
        };
    }
}
