using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Packaging.TrickPlay;

namespace Url2Video.Farm.Core.Tests.Packaging.TrickPlay;

public sealed class GridTests
{
    public static TheoryData<long, long> Rates => new() { { 24_000, 1_001 }, { 24, 1 }, { 25, 1 }, { 30_000, 1_001 }, { 30, 1 }, { 50, 1 }, { 60, 1 }, { 120, 1 }, { 25, 2 }, { 10, 1 } };

    /// <summary>Whatever the rate and the tail: every picture lasts until the next, none is longer than a second and a half, and together they last as long as the film.</summary>
    [Theory]
    [MemberData(nameof(Rates))]
    public void IFrames_OfAnyFilm_FollowEachOtherToItsEnd(long numerator, long denominator)
    {
        var fps = new Rational(numerator, denominator);
        foreach (var frames in Lengths)
        {
            var next = 0L;
            for (var index = 0; index < IFrameGrid.Count(frames, fps); index++)
            {
                Assert.Equal(next, IFrameGrid.FrameOf(index, fps));
                var lasts = IFrameGrid.FramesOf(index, frames, fps);
                Assert.InRange(lasts, 1, frames);
                Assert.True(lasts * denominator * 10 <= numerator * 11, $"{lasts} frames at {fps}");
                next += lasts;
            }

            Assert.Equal(frames, next);
        }
    }

    /// <summary>The small picture of a moment shows a frame that is at most a second away from it, and that the film has.</summary>
    [Theory]
    [MemberData(nameof(Rates))]
    public void Thumbnails_OfAnyMoment_ShowAFrameNearIt(long numerator, long denominator)
    {
        var fps = new Rational(numerator, denominator);
        foreach (var frames in Lengths)
        {
            var shown = Enumerable.Range(0, ThumbnailGrid.Count(frames, fps)).Select(i => ThumbnailGrid.FrameOf(i, frames, fps)).ToList();
            Assert.Equal(shown.Distinct().Order(), shown);
            for (var frame = 0L; frame < frames; frame++)
            {
                var index = (int)(frame * denominator / numerator / ThumbnailGrid.Seconds);
                Assert.InRange(shown[index], 0, frames - 1);
                Assert.True(Math.Abs(shown[index] - frame) * denominator <= numerator + denominator, $"frame {frame} of {frames} at {fps} shows {shown[index]}");
            }

            Assert.Equal((shown.Count + 24) / 25, ThumbnailGrid.Sheets(frames, fps));
        }
    }

    [Theory]
    [InlineData(1920, 1080, 192, 108)]
    [InlineData(640, 360, 192, 108)]
    [InlineData(360, 640, 108, 192)]
    [InlineData(1080, 1080, 192, 192)]
    [InlineData(144, 144, 144, 144)]
    [InlineData(180, 146, 180, 146)]
    [InlineData(7680, 128, 192, 4)]
    public void Thumbnails_OfAnySize_KeepItsShapeAndAreEven(int width, int height, int small, int tall) => Assert.Equal((small, tall), ThumbnailGrid.SizeOf(width, height));

    [Fact]
    public void Thumbnails_LieRowByRow() =>
        Assert.Equal([(0, 0), (4, 0), (0, 1), (4, 4), (0, 0), (1, 0)], new[] { 0, 4, 5, 24, 25, 51 }.Select(ThumbnailGrid.CellOf));

    /// <summary>What a client gets by a range: a moof that describes the one picture in its mdat, with the time of its frame.</summary>
    [Fact]
    public void Fragment_OfAPicture_DescribesThatPictureAlone()
    {
        byte[] picture = [0, 0, 0, 2, 0x65, 0x88];
        var fragment = CmafIFrames.Fragment(5, 151, new Rational(30_000, 1_001), picture);

        Assert.Equal("moof"u8, fragment.AsSpan(4, 4));
        var segment = CmafReader.ReadSegment([.. SegmentType, .. fragment]);
        Assert.Equal((6u, 150ul * 1_001), (segment.Sequence, segment.DecodeTime));
        var sample = Assert.Single(segment.Samples);
        Assert.Equal((1_001u, 0x0200_0000u, 0u), (sample.Duration, sample.Flags, sample.CompositionOffset));
        Assert.Equal(picture, fragment[^picture.Length..]);
    }

    private static IEnumerable<long> Lengths => [1, 2, 3, 29, 30, 31, 59, 60, 61, 150, 151, 1_499, 1_500, 1_501, 3_007];

    private static byte[] SegmentType => new BoxWriter().Open("styp").Ascii("cmfs").U32(0).Ascii("cmfs").Close().ToArray();
}
