using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// Gives a picture the colours of another: each channel of L*a*b* gets the other's mean and standard deviation (adaptive instance normalisation). Done once, on
/// the picture that a camera then looks at: frames cannot flicker.
/// </summary>
internal static class StyleTransfer
{
    /// <summary>What cannot be shown is cut off, which moves the statistics; so they are measured again and made up for.</summary>
    private const int Corrections = 6;

    /// <summary>A channel hardly varies below this: there is nothing to stretch.</summary>
    private const double DeviationMin = 0.05;

    /// <summary>A gain beyond it would make noise of compression.</summary>
    private const double GainMax = 8;

    /// <summary>σs · (x − μc) / σc + μs.</summary>
    public static double AdaIn(double x, double meanContent, double deviationContent, double meanStyle, double deviationStyle) =>
        (deviationStyle * (x - meanContent) / deviationContent) + meanStyle;

    /// <param name="content">Changed in place.</param>
    /// <param name="percent">0..100: how far it goes to the other's statistics.</param>
    public static void Apply(YuvImage content, YuvImage style, int percent, Lanes lanes)
    {
        var (own, other) = (LabStatistics.Of(content), LabStatistics.Of(style));
        var wanted = new LabStatistics(Between(own.Mean, other.Mean, percent), Between(own.Deviation, other.Deviation, percent));
        var aimed = wanted;
        for (var i = 0; i < Corrections; i++)
        {
            using var trial = Small(content);
            Map(trial, own, aimed, lanes);
            var got = LabStatistics.Of(trial);
            aimed = new LabStatistics(Corrected(aimed.Mean, wanted.Mean, got.Mean), Scaled(aimed.Deviation, wanted.Deviation, got.Deviation));
        }

        Map(content, own, aimed, lanes);
    }

    private static void Map(YuvImage image, LabStatistics from, LabStatistics to, Lanes lanes)
    {
        using var map = new LutMap(rgb =>
        {
            var lab = Lab.Of(rgb);
            return Lab.ToRgb(new Triple(
                Channel(lab.X, from.Mean.X, from.Deviation.X, to.Mean.X, to.Deviation.X),
                Channel(lab.Y, from.Mean.Y, from.Deviation.Y, to.Mean.Y, to.Deviation.Y),
                Channel(lab.Z, from.Mean.Z, from.Deviation.Z, to.Mean.Z, to.Deviation.Z)));
        });
        using var pass = new GradePass(image.Width, lanes);
        pass.Apply(image, map);
    }

    // Where the content does not vary there is nothing to stretch: it moves to the mean.
    private static double Channel(double x, double meanContent, double deviationContent, double meanStyle, double deviationStyle) =>
        deviationContent < DeviationMin
            ? x - meanContent + meanStyle
            : AdaIn(x, meanContent, deviationContent, meanStyle, Math.Min(deviationStyle, deviationContent * GainMax));

    private static Triple Between(Triple from, Triple to, int percent) => new(
        from.X + ((to.X - from.X) * percent / 100), from.Y + ((to.Y - from.Y) * percent / 100), from.Z + ((to.Z - from.Z) * percent / 100));

    private static Triple Corrected(Triple aimed, Triple wanted, Triple got) =>
        new(aimed.X + wanted.X - got.X, aimed.Y + wanted.Y - got.Y, aimed.Z + wanted.Z - got.Z);

    private static Triple Scaled(Triple aimed, Triple wanted, Triple got) =>
        new(Ratio(aimed.X, wanted.X, got.X), Ratio(aimed.Y, wanted.Y, got.Y), Ratio(aimed.Z, wanted.Z, got.Z));

    private static double Ratio(double aimed, double wanted, double got) =>
        got < DeviationMin ? aimed : aimed * Math.Clamp(wanted / got, 0.7, 1.4);

    /// <summary>Every pixel of a small copy that has the statistics of the whole, because it is the pixels that those are taken from.</summary>
    private static YuvImage Small(YuvImage image)
    {
        const int SideMax = 512;
        var (stepX, stepY) = (Math.Max(1, image.Width / SideMax), Math.Max(1, image.Height / SideMax));
        var small = new YuvImage(image.Width / stepX & ~1, image.Height / stepY & ~1);
        for (var y = 0; y < small.Height; y++)
        {
            for (var x = 0; x < small.Width; x++)
            {
                small.RowY(y)[x] = image.RowY(y * stepY)[x * stepX];
            }
        }

        for (var y = 0; y < small.Height / 2; y++)
        {
            for (var x = 0; x < small.Width / 2; x++)
            {
                small.RowU(y)[x] = image.RowU(y * stepY)[x * stepX];
                small.RowV(y)[x] = image.RowV(y * stepY)[x * stepX];
            }
        }

        return small;
    }
}
