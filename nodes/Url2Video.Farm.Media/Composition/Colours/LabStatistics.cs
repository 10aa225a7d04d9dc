using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Mean and standard deviation of the three channels of a picture in L*a*b*.</summary>
internal readonly record struct LabStatistics(Triple Mean, Triple Deviation)
{
    /// <summary>Places looked at across and down: a quarter of a million tell the mean of any picture to a tenth.</summary>
    private const int Places = 512;

    public static LabStatistics Of(YuvImage image)
    {
        var (stepX, stepY) = (Step(image.Width), Step(image.Height));
        var (sum, squares, count) = (default(Triple), default(Triple), 0);
        for (var y = 0; y < image.Height; y += stepY)
        {
            var (luma, u, v) = (y, y / 2, y / 2);
            for (var x = 0; x < image.Width; x += stepX)
            {
                var codes = new Triple(image.RowY(luma)[x], image.RowU(u)[x / 2], image.RowV(v)[x / 2]);
                var lab = Lab.Of(Shown(ColourMatrix.FromCodes.Of(codes)));
                sum = new Triple(sum.X + lab.X, sum.Y + lab.Y, sum.Z + lab.Z);
                squares = new Triple(squares.X + (lab.X * lab.X), squares.Y + (lab.Y * lab.Y), squares.Z + (lab.Z * lab.Z));
                count++;
            }
        }

        var mean = new Triple(sum.X / count, sum.Y / count, sum.Z / count);
        return new LabStatistics(mean, new Triple(Spread(squares.X, mean.X), Spread(squares.Y, mean.Y), Spread(squares.Z, mean.Z)));

        double Spread(double square, double middle) => Math.Sqrt(Math.Max(0, (square / count) - (middle * middle)));
    }

    // An odd step: a pattern of even pitch must not be met at the same place for ever.
    private static int Step(int side) => Math.Max(1, side / Places) | 1;

    /// <summary>As a screen shows it.</summary>
    public static Triple Shown(Triple rgb) => new(Math.Clamp(rgb.X, 0, 1), Math.Clamp(rgb.Y, 0, 1), Math.Clamp(rgb.Z, 0, 1));
}
