using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Media.Pixels;
using static Url2Video.Farm.Cluster.Tests.Work.Quality.SyntheticFilm;

namespace Url2Video.Farm.Cluster.Tests.Work.Quality;

/// <summary>Faults of pictures, each from frame 60 on and alone.</summary>
/// <param name="Code">What must be found; null: nothing.</param>
/// <param name="End">First frame without it.</param>
internal sealed record PictureFault(string Name, string? Code, int End, Action<YuvImage, int> Paint)
{
    public const int From = 60;

    public static readonly IReadOnlyList<PictureFault> All =
    [
        new("clean", null, 60, PaintClean),
        new("black", FindingCodes.Black, 90, (image, _) => image.Fill(16, 128, 128)),
        new("frozen", FindingCodes.Frozen, 150, (image, _) => PaintClean(image, From)),
        new("three flashes a second", null, 150, (image, frame) => Strobe(image, frame, 3)),
        new("four flashes a second", FindingCodes.Flash, 150, (image, frame) => Strobe(image, frame, 4)),
        new("three red flashes a second", null, 150, (image, frame) => RedStrobe(image, frame, 3)),
        new("four red flashes a second", FindingCodes.RedFlash, 150, (image, frame) => RedStrobe(image, frame, 4)),
        new("banding", FindingCodes.Banding, 110, (image, frame) => SyntheticFilm.Paint(image, (x, _) => (byte)(60 + ((x + (2 * frame)) / 40 * 4 % 120)))),
        new("a gradient of eight bits", null, 110, (image, frame) => SyntheticFilm.Paint(image, (x, y) => (byte)(60 + ((x + (2 * frame)) / 9 % 100) + (Noise(x, y) & 1)))),
        new("blur", FindingCodes.Blur, 120, (image, frame) => SyntheticFilm.Paint(image, (x, y) => Smooth(x + (2 * frame), y))),
        new("blocks", FindingCodes.Blocks, 120, (image, frame) => SyntheticFilm.Paint(image, (x, y) => (byte)(70 + (Noise(x / 8, (y / 8) + frame) % 70) + (Noise(x, y) % 6)))),
        new("burnt out", FindingCodes.TooBright, 120, (image, frame) => SyntheticFilm.Paint(image, (x, y) => x % 10 < 7 ? (byte)235 : Texture(x + (2 * frame), y))),
        new("drowned", FindingCodes.TooDark, 110, (image, frame) => SyntheticFilm.Paint(image, (x, y) => (byte)(Noise(x + (2 * frame), y / 4) % 20 == 0 ? 230 : 16))),
    ];

    public void PaintFilm(YuvImage image, int frame) => (frame >= From && frame < End ? Paint : PaintClean)(image, frame);

    private static bool IsOn(int frame, int flashes) => (frame - From) * 2 * flashes / 30 % 2 == 0;

    private static void Strobe(YuvImage image, int frame, int flashes) =>
        SyntheticFilm.Paint(image, (x, y) => (byte)(Texture(x + (2 * frame), y) + (IsOn(frame, flashes) ? 70 : 0)));

    // Red and a grey of the same luma: the light stays, the red flashes.
    private static void RedStrobe(YuvImage image, int frame, int flashes)
    {
        var red = new Media.Pixels.Rgb(0xFF, 0, 0).ToYuv();
        SyntheticFilm.Paint(image, (x, y) => (byte)(red.Y + (Noise(x + (2 * frame), y) % 3)), IsOn(frame, flashes) ? red.U : (byte)128, IsOn(frame, flashes) ? red.V : (byte)128);
    }

    // Values on a lattice of 32 pixels and straight lines between: nothing is sharp, nothing is flat.
    private static byte Smooth(int x, int y)
    {
        var (cellX, cellY, fx, fy) = (x / 32, y / 32, x % 32, y % 32);
        var top = (At(cellX, cellY) * (32 - fx)) + (At(cellX + 1, cellY) * fx);
        var bottom = (At(cellX, cellY + 1) * (32 - fx)) + (At(cellX + 1, cellY + 1) * fx);
        return (byte)(((top * (32 - fy)) + (bottom * fy)) >> 10);

        static int At(int x, int y) => 60 + (Noise(x, y) % 130);
    }
}
