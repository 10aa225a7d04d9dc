using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Tests.Quality;

/// <summary>WCAG 2.1, 2.3.1: more than three flashes within any one second; a flash is two opposing changes by a tenth of the full light.</summary>
public sealed class FlashRuleTests
{
    public static TheoryData<string, int, bool> Strobes
    {
        get
        {
            var strobes = new TheoryData<string, int, bool>();
            foreach (var fps in (string[])["24", "25", "29.97", "30", "50", "60"])
            {
                foreach (var flashes in (int[])[1, 2, 3, 4, 5, 8, 12])
                {
                    strobes.Add(fps, flashes, flashes > 3);
                }
            }

            return strobes;
        }
    }

    [Theory]
    [MemberData(nameof(Strobes))]
    public void Strobe_IsAnErrorFromFourFlashesASecond(string fps, int flashes, bool isError)
    {
        Assert.True(Rational.TryParse(fps, out var rate));
        var film = Tapes.Outline(4 * rate.FloorTimes(1), rate);
        var (from, end) = (rate.FloorTimes(1), rate.FloorTimes(3));

        var report = Tapes.Judge(film, Tapes.Of(0, (int)film.Frames, (f, i) => f >= from && f < end && IsOn(f - from, rate, flashes) ? (byte)180 : Tapes.Lively(f, i)));

        var found = report.Findings.Where(f => f.Code == FindingCodes.Flash).ToList();
        Assert.Equal(isError ? 1 : 0, found.Count);
        if (isError)
        {
            Assert.Equal(Severity.Error, found[0].Severity);
            Assert.InRange(found[0].StartMs, 960, 1_130);
            Assert.InRange(found[0].EndMs, 2_650, 3_050);
            Assert.True(found[0].Measured > 3);
        }
    }

    [Theory]
    [InlineData(36, false)] // A quarter of 144 fields: let pass.
    [InlineData(37, true)]
    public void Strobe_OfAPartOfTheFrame_CountsBeyondAQuarter(int fields, bool isError) =>
        Assert.Equal(isError, HasFlash((f, i) => i < fields && f / 3 % 2 == 0 ? (byte)180 : (byte)90));

    [Theory]
    [InlineData(90, 112, false)] // 0.096 and 0.160: less than a tenth.
    [InlineData(90, 130, true)]
    [InlineData(218, 235, false)] // The darker one is above 0.80.
    [InlineData(205, 235, true)]
    public void Strobe_IsOneByItsLight(byte dark, byte light, bool isError) => Assert.Equal(isError, HasFlash((f, _) => f / 3 % 2 == 0 ? light : dark));

    [Fact]
    public void Strobe_ThatSwellsAndFades_IsOneTheMore() =>
        Assert.True(HasFlash((f, _) => (byte)(f % 6 is var k && k < 3 ? 60 + (k * 60) : 180 - ((k - 3) * 60))));

    [Fact]
    public void RiseOverSeconds_IsNoFlash() => Assert.False(HasFlash((f, _) => (byte)(40 + f)));

    [Theory]
    [InlineData(true, 60, true)]
    [InlineData(false, 60, false)] // Red, but not saturated.
    [InlineData(true, 4, false)] // 16 of 320: not more than 20.
    public void RedStrobe_IsOneWhereRedIsSaturated(bool isSaturated, byte strength, bool isError)
    {
        var film = Tapes.Outline(120);
        var report = Tapes.Judge(film, Tapes.Of(0, 120, Tapes.Lively, (f, _) => f / 3 % 2 == 0 ? (byte)((strength << 1) | (isSaturated ? 1 : 0)) : (byte)0));

        Assert.Equal(isError, report.Findings.Any(f => f.Code == FindingCodes.RedFlash));
        Assert.DoesNotContain(report.Findings, f => f.Code == FindingCodes.Flash);
    }

    private static bool HasFlash(Func<long, int, byte> luma) =>
        Tapes.Judge(Tapes.Outline(120), Tapes.Of(0, 120, luma)).Findings.Any(f => f.Code == FindingCodes.Flash);

    // Half a period on, half a period off, exactly.
    private static bool IsOn(long frame, Rational fps, int flashes) => frame * 2 * flashes * fps.Denominator / fps.Numerator % 2 == 0;
}
