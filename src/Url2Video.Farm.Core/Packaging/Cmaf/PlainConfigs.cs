using System.Globalization;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>VP9, profile 0 (VP Codec ISO Media File Format Binding): the bitstream needs no header, the file wants a summary.</summary>
public sealed class Vp9Config(int width, int height, Rational fps) : IVideoConfig
{
    // Level, most luma samples a second, most luma samples a picture (VP9 levels, sections of the bitstream guide).
    private static readonly (int Level, long Rate, long Picture)[] Levels =
    [
        (10, 829_440, 36_864), (11, 2_764_800, 73_728), (20, 4_608_000, 122_880), (21, 9_216_000, 245_760), (30, 20_736_000, 552_960),
        (31, 36_864_000, 983_040), (40, 83_558_400, 2_228_224), (41, 160_432_128, 2_228_224), (50, 311_951_360, 8_912_896),
        (51, 588_251_136, 8_912_896), (52, 1_176_502_272, 8_912_896), (60, 1_176_502_272, 35_651_584), (61, 2_353_004_544, 35_651_584),
    ];

    public int Width => width;

    public int Height => height;

    public int FramesReordered => 0;

    public string Codecs => string.Create(CultureInfo.InvariantCulture, $"vp09.00.{Level}.08");

    private int Level
    {
        get
        {
            var picture = (long)width * height;
            var rate = (picture * fps.Numerator + fps.Denominator - 1) / fps.Denominator;
            return Levels.FirstOrDefault(l => l.Rate >= rate && l.Picture >= picture, Levels[^1]).Level;
        }
    }

    void IVideoConfig.WriteSampleEntry(BoxWriter writer)
    {
        const int EightBitsLeftSitedLimited = 8 << 4, Bt709 = 1;
        SampleEntry.Open(writer, "vp09", width, height);
        writer.OpenFull("vpcC", 1, 0).U8(0).U8(Level).U8(EightBitsLeftSitedLimited).U8(Bt709).U8(Bt709).U8(Bt709).U16(0).Close();
        SampleEntry.Colour709(writer);
        SampleEntry.SquarePixels(writer).Close();
    }
}

/// <summary>ProRes: every picture says all that a decoder must know (SMPTE RDD 36).</summary>
/// <param name="type">The sample entry that names the profile: apcn, apch, ap4h.</param>
public sealed class ProResConfig(string type, int width, int height) : IVideoConfig
{
    public int Width => width;

    public int Height => height;

    public int FramesReordered => 0;

    public string Codecs => type;

    void IVideoConfig.WriteSampleEntry(BoxWriter writer)
    {
        SampleEntry.Open(writer, type, width, height);
        SampleEntry.Colour709(writer);
        SampleEntry.SquarePixels(writer).Close();
    }

    /// <summary>The entry of an encoder's preset: all 4:2:2 but the last.</summary>
    public static string TypeOf(VideoCodec codec, string preset) => (codec, preset) switch
    {
        (VideoCodec.ProRes4444, _) => "ap4h",
        (_, "hq") => "apch",
        _ => "apcn",
    };
}

/// <summary>PNG pictures, each a whole file.</summary>
public sealed class PngConfig(int width, int height) : IVideoConfig
{
    public int Width => width;

    public int Height => height;

    public int FramesReordered => 0;

    public string Codecs => "png";

    void IVideoConfig.WriteSampleEntry(BoxWriter writer)
    {
        SampleEntry.Open(writer, "png ", width, height);
        SampleEntry.SquarePixels(writer).Close();
    }
}
