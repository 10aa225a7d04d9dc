using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Tests.Packaging;

public sealed class CodecConfigTests
{
    // Of x265 3.5 and SVT-AV1 1.4 for 320x180 at 30 frames a second.
    private const string Vps = "40010c01ffff01600000030090000003000003003c959809";
    private const string Sps = "42010101600000030090000003000003003ca00a080b9f796566924caf016a020203c20000030002000003003c10";
    private const string Pps = "4401c172b42240";
    private const string Sequence = "0a0e000000043cfecc02f81010101240";

    [Fact]
    public void Hevc_OfAnEncodersHeader_SaysWhatTheBytesSay()
    {
        var config = HevcConfig.From(Hevc(), 320, 180);

        Assert.Equal("hvc1.1.6.L60.90", config.Codecs);
        Assert.Equal(2, config.FramesReordered);
        Assert.True(config.IsBt709Limited);
    }

    [Fact]
    public void Hevc_SampleEntry_IsReadBackWithTheSameCodecs()
    {
        var init = CmafReader.ReadInit(CmafVideo.Init(HevcConfig.From(Hevc(), 320, 180), new Rational(30, 1)));

        Assert.Equal(("hvc1.1.6.L60.90", 320, 180, 2_000u), (init.Codecs, init.Width, init.Height, init.MediaTime));
    }

    [Fact]
    public void Av1_OfAnEncodersHeader_SaysWhatTheBytesSay()
    {
        var config = Av1Config.From(Convert.FromHexString(Sequence));
        var init = CmafReader.ReadInit(CmafVideo.Init(config, new Rational(30, 1)));

        Assert.Equal((320, 180), (config.Width, config.Height));
        Assert.Equal("av01.0.00M.08", config.Codecs);
        Assert.True(config.IsBt709Limited);
        Assert.Equal((config.Codecs, 0u), (init.Codecs, init.MediaTime));
    }

    [Fact]
    public void Av1_TemporalUnit_LosesItsDelimiterOnly()
    {
        byte[] unit = [0x12, 0x00, 0x32, 0x02, 0xAA, 0xBB];

        Assert.Equal([0x32, 0x02, 0xAA, 0xBB], Av1Config.Sample(unit, 3, isKey: true).Data.ToArray());
    }

    [Fact]
    public void Hevc_Packet_KeepsPicturesBehindTheirLengths()
    {
        byte[] packet = [0, 0, 0, 1, 0x46, 1, 0x50, 0, 0, 1, 0x4E, 1, 5, 0, 0, 1, 0x26, 1, 0xAF, 0x09];

        var sample = HevcConfig.Sample(packet, 7);

        Assert.Equal([0, 0, 0, 4, 0x26, 1, 0xAF, 0x09], sample.Data.ToArray());
        Assert.True(sample.IsKey);
        Assert.Throws<FarmException>(() => HevcConfig.Sample([0, 0, 1, 0x46, 1, 0x50], 0));
    }

    [Fact]
    public void From_EveryCutOffOrDamagedHeader_ThrowsTheFarmsOwnErrorOrReads()
    {
        var (hevc, av1) = (Hevc(), Convert.FromHexString(Sequence));
        var random = new Random(5);
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = (byte[])(round % 2 == 0 ? hevc : av1).Clone();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var cut = bytes[..random.Next(bytes.Length + 1)];
            try
            {
                _ = round % 2 == 0 ? HevcConfig.From(cut, 320, 180).Codecs : Av1Config.From(cut).Codecs;
            }
            catch (FarmException e)
            {
                Assert.Equal(ErrorCodes.MediaFailed, e.Error.Code);
            }
        }
    }

    [Theory]
    [InlineData(1920, 1080, 30, "vp09.00.40.08")]
    [InlineData(1920, 1080, 60, "vp09.00.41.08")]
    [InlineData(256, 144, 15, "vp09.00.10.08")]
    [InlineData(3840, 2160, 30, "vp09.00.50.08")]
    public void Vp9_Level_FollowsFromSizeAndRate(int width, int height, int fps, string codecs) =>
        Assert.Equal(codecs, new Vp9Config(width, height, new Rational(fps, 1)).Codecs);

    private static byte[] Hevc() => [.. new[] { Vps, Sps, Pps }.SelectMany(unit => (byte[])[0, 0, 0, 1, .. Convert.FromHexString(unit)])];
}
