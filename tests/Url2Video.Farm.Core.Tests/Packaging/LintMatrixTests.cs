using Url2Video.Farm.Core.Packaging.Rules;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Tests.Packaging;

/// <summary>What we write breaks no rule: every frame rate, every short tail, every height of ladder, with captions and without. Not in it: encryption, films without sound, several languages.</summary>
public sealed class LintMatrixTests
{
    private static readonly int[] s_sides = [360, 270, 240, 216, 180, 144];

    // Not what is wrong, but what a package does not offer; and that two frames more than a segment make a peak.
    private static readonly string[] s_remarks = [LintRules.IFrames.Id, LintRules.ManyRates.Id, LintRules.Spread.Id];

    [Theory]
    [InlineData("23.976")]
    [InlineData("24")]
    [InlineData("25")]
    [InlineData("29.97")]
    [InlineData("30")]
    [InlineData("50")]
    [InlineData("60")]
    public void Lint_OfEveryPackageThatWeWrite_FindsNothing(string rate)
    {
        Assert.True(Rational.TryParse(rate, out var fps));
        foreach (var frames in Lengths(fps))
        {
            for (var rungs = 1; rungs <= s_sides.Length; rungs++)
            {
                foreach (var hasCaptions in (bool[])[false, true])
                {
                    var package = SyntheticPackage.Make(fps, frames, s_sides[^rungs..], hasCaptions);

                    var found = package.Lint();

                    Assert.Empty(found.Findings.Where(f => !s_remarks.Contains(f.Law.Id)).Select(f => $"{rate} fps, {frames} frames, {rungs} rungs: {f}"));
                    Assert.True(found.IsClean);
                }
            }
        }
    }

    // A film shorter than a segment; whole segments; and tails of 1, 2 and 3 frames, and of one that is a segment of its own.
    private static IEnumerable<int> Lengths(Rational fps)
    {
        var segment = ChunkGrid.SegmentFrames(fps);
        return [1, 3, 2 * segment, 2 * segment + 1, 2 * segment + 2, 2 * segment + 3, 2 * segment + ChunkGrid.SegmentFramesMin(fps)];
    }
}
