using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Quality;

/// <summary>
/// What was measured of a stretch of frames where they were composed: all of it whole numbers. Nothing in it depends on where the stretch
/// begins, so that tapes of any cuts join to the same film (<see cref="PictureTrack"/>).
/// </summary>
/// <param name="Columns">Fields of a frame, across.</param>
/// <param name="Rows">Fields, down.</param>
/// <param name="FirstFrame">Of the film.</param>
/// <param name="Fields">For each frame the mean luma of each field, then the red of each field (<see cref="PictureTape.RedShift"/>).</param>
/// <param name="Details">Of the frames whose number is a multiple of <see cref="DetailEvery"/>.</param>
/// <param name="Texts">Every text and logo that stood still in such a frame, once.</param>
public sealed record PictureTape(
    int Columns,
    int Rows,
    long FirstFrame,
    ReadOnlyMemory<byte> Fields,
    ImmutableArray<DetailRow> Details,
    ImmutableArray<TextRow> Texts)
{
    /// <summary>What costs more is looked at in every eighth frame.</summary>
    public const int DetailEvery = 8;

    /// <summary>A red is (R - G - B) x 320 quartered, 0..80, shifted to make room for the lowest bit: saturated.</summary>
    public const int RedShift = 1;

    public int Cells => Columns * Rows;

    public int Frames => Fields.Length / (2 * Cells);

    public long EndFrame => FirstFrame + Frames;

    public ReadOnlySpan<byte> LumaOf(long frame) => Fields.Span.Slice((int)(frame - FirstFrame) * 2 * Cells, Cells);

    public ReadOnlySpan<byte> RedOf(long frame) => Fields.Span.Slice((((int)(frame - FirstFrame) * 2) + 1) * Cells, Cells);
}

/// <summary>What is looked at in some frames only.</summary>
/// <param name="Spatial">SI of ITU-T P.910 on every sixteenth row, hundredths.</param>
/// <param name="Step">Mean difference of neighbouring pixels, thousandths of a code.</param>
/// <param name="Ratio">How much more pixels differ that are four apart, thousandths.</param>
/// <param name="Block">Steps on the grid of eight against all others, thousandths.</param>
/// <param name="Band">Pixels in staircases, thousandths.</param>
/// <param name="Low">Pixels at the dark end of the scale, thousandths.</param>
/// <param name="High">Pixels at the bright end, thousandths.</param>
/// <param name="Colours">Pixels in each colour of the palette, thousandths, rounded up.</param>
public sealed record DetailRow(long Frame, int Spatial, int Step, int Ratio, int Block, int Band, int Low, int High, ImmutableArray<int> Colours);

/// <summary>What stands on the frame. Numbers are stored: frozen.</summary>
public enum TextRole
{
    Card = 0,
    Caption = 1,
    Logo = 2,
}

/// <summary>A text or logo and the worst moment of it.</summary>
/// <param name="Id">The same in every chunk that shows it: first frame of the scene and place in it, or the first frame of a caption.</param>
/// <param name="Start">
/// First frame of its scene; -1 for what is of the film. Not the number of the scene: a chunk is used again after an edit that numbers scenes anew.
/// </param>
/// <param name="Ratio">Lowest contrast that was measured, thousandths; 0: not measured.</param>
/// <param name="Frame">Where that was.</param>
public sealed record TextRow(string Id, TextRole Role, long Start, int X, int Y, int Width, int Height, int Ratio, long Frame)
{
    /// <summary>The worse of two of the same text; of equal ones the earlier.</summary>
    public static TextRow Worse(TextRow a, TextRow b) => (a.Ratio, a.Frame).CompareTo((b.Ratio, b.Frame)) <= 0 ? a : b;
}
