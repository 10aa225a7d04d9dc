using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Tests.Packaging;

public sealed class CmafTests
{
    private static readonly ChunkSlot Chunk = new(1, [new SegmentSlot(2, 6, 3, 10, 2), new SegmentSlot(3, 9, 3, 12, 2)]);

    [Fact]
    public void Segment_OfThreePictures_IsTheseBytes()
    {
        var file = CmafVideo.Segments(Chunk, new Rational(30, 1), Samples.Config, Samples.Of(6))[0];

        Assert.Equal(
            "0000001873747970" + "636D6673" + "00000000" + "636D6673" + "6D736468"
            + "000000886D6F6F66"
            + "000000106D666864" + "00000000" + "00000003"
            + "0000007074726166"
            + "0000001074666864" + "00020000" + "00000001"
            + "0000001474666474" + "01000000" + "0000000000001770"
            + "000000447472756E" + "00000F01" + "00000003" + "00000090"
            + "000003E8" + "00000006" + "02000000" + "000007D0"
            + "000003E8" + "00000006" + "01010000" + "00000BB8"
            + "000003E8" + "00000006" + "01010000" + "000003E8"
            + "0000001A6D646174"
            + "000000026500" + "000000024101" + "000000024102",
            Convert.ToHexString(file));
    }

    [Fact]
    public void Segments_ReadBack_AreWhereThePlanPutsThem()
    {
        var files = CmafVideo.Segments(Chunk, new Rational(30_000, 1_001), Samples.Config, Samples.Of(6));
        var segments = files.Select(f => CmafReader.ReadSegment(f)).ToList();

        Assert.Equal([6UL * 1_001, 9UL * 1_001], segments.Select(s => s.DecodeTime));
        Assert.Equal([3UL * 1_001, 3UL * 1_001], segments.Select(s => s.Duration));
        Assert.Equal([3U, 4U], segments.Select(s => s.Sequence));
        Assert.All(files.Zip(segments), f => Assert.True(CmafReader.IsIdr(f.First, f.Second.Samples[0])));
        Assert.False(CmafReader.IsIdr(files[0], segments[0].Samples[1]));
    }

    [Fact]
    public void Init_ReadBack_SaysWhatTheParameterSetsSay()
    {
        var init = CmafReader.ReadInit(CmafVideo.Init(Samples.Config, new Rational(30_000, 1_001)));

        Assert.Equal((TrackKind.Video, 30_000U, 2_002U), (init.Kind, init.Timescale, init.MediaTime));
        Assert.Equal(("avc1.64000c", 256, 144), (init.Codecs, init.Width, init.Height));
        Assert.Contains("cmfc", init.Brands);
    }

    [Fact]
    public void Init_OfTheSound_IsStereo48kWithPriming()
    {
        var init = CmafReader.ReadInit(CmafAudio.Init(AacConfig.From([0x11, 0x90])));

        Assert.Equal((TrackKind.Audio, 48_000U, 1_024U, "mp4a.40.2", 2), (init.Kind, init.Timescale, init.MediaTime, init.Codecs, init.Channels));
    }

    [Fact]
    public void Audio_LastPacket_IsDeclaredOnlyAsLongAsItIsHeard()
    {
        var slot = new SegmentSlot(0, 0, 3, 0, 3);
        var file = CmafAudio.Segment(slot, 1_500, [new byte[] { 1 }, new byte[] { 2 }, new byte[] { 3 }]);

        Assert.Equal([1_024U, 1_024U, 476U], CmafReader.ReadSegment(file).Samples.Select(s => s.Duration));
    }

    [Fact]
    public void Segments_OfAnythingButTheChunksFrames_AreRefused()
    {
        var good = Samples.Of(6);
        CodedSample[][] wrong =
        [
            good[..5],
            [.. good[..5], good[4]],
            [good[1], good[0], .. good[2..]],
            [good[0] with { IsKey = false }, .. good[1..]],
            [.. good[..3], good[3] with { IsKey = false }, .. good[4..]],
            [good[0], good[1] with { Frame = 3 }, good[2], good[3] with { Frame = 2 }, .. good[4..]],
            [.. good[..5], good[5] with { Frame = -1 }],
        ];

        Assert.All(wrong, samples =>
        {
            var error = Assert.Throws<FarmException>(() => CmafVideo.Segments(Chunk, new Rational(30, 1), Samples.Config, samples));
            Assert.Equal(ErrorCodes.MediaFailed, error.Error.Code);
        });
    }

    [Fact]
    public void Sample_FromAnnexB_LosesEverythingButItsSlices()
    {
        byte[] packet = [0, 0, 0, 1, 9, 0xF0, 0, 0, 1, .. Samples.Sps, 0, 0, 1, .. Samples.Pps, 0, 0, 1, 6, 5, 1, 0, 0, 1, 0x65, 1, 2, 0, 0, 3, 1, 0, 0, 0, 1, 0x65, 9, 0, 0];

        var sample = CodedSample.FromAnnexB(packet, 7);

        Assert.Equal("00000007650102000003010000000265" + "09", Convert.ToHexString(sample.Data.Span));
        Assert.True(sample.IsKey);
        Assert.Throws<FarmException>(() => CodedSample.FromAnnexB([0, 0, 1, 9, 0xF0], 0));
        Assert.Throws<FarmException>(() => CodedSample.FromAnnexB([], 0));
    }

    [Fact]
    public void Config_FromRecordOrStream_IsTheSame()
    {
        var record = Samples.Config.ToRecord();

        Assert.Equal(record, AvcConfig.From(record).ToRecord());
        Assert.Throws<FarmException>(() => AvcConfig.From([0, 0, 1, .. Samples.Sps]));
        Assert.Throws<FarmException>(() => AvcConfig.From([]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("11")]
    [InlineData("0990")]
    [InlineData("1290")]
    [InlineData("11B0")]
    public void AacConfig_FromAnythingElse_IsRefused(string hex) =>
        Assert.Throws<FarmException>(() => AacConfig.From(Convert.FromHexString(hex)));

    /// <summary>Nodes hand in bytes; whatever they are, reading ends in an answer or in one kind of exception.</summary>
    [Fact]
    public void Reader_OfDamagedFiles_ThrowsInvalidDataAndNothingElse()
    {
        byte[][] files =
        [
            CmafVideo.Init(Samples.Config, new Rational(30, 1)),
            CmafAudio.Init(AacConfig.From([0x11, 0x90])),
            CmafVideo.Segments(Chunk, new Rational(30, 1), Samples.Config, Samples.Of(6))[0],
        ];
        var (refused, random) = (0, new Random(3));
        foreach (var file in files)
        {
            for (var round = 0; round < 4_000; round++)
            {
                var damaged = file[..(round % 3 == 0 ? random.Next(file.Length) : file.Length)];
                for (var count = random.Next(1, 4); count > 0 && damaged.Length > 0; count--)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                refused += Try(() => CmafReader.ReadInit(damaged)) + Try(() => CmafReader.ReadSegment(damaged));
            }
        }

        Assert.InRange(refused, 12_000, 24_000);
    }

    private static int Try(Action read)
    {
        try
        {
            read();
            return 0;
        }
        catch (InvalidDataException)
        {
            return 1;
        }
    }
}
