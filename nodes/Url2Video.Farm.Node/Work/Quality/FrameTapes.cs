using System.Collections.Immutable;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Quality;
using Boards = Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Node.Work.Quality;

/// <summary>Says in the farm's words what a meter measured.</summary>
internal static class FrameTapes
{
    /// <summary>Names of the colours that a film is searched for, in the order of <see cref="ColoursOf"/>.</summary>
    public static readonly ImmutableArray<string> Roles = ["text", "accent", "background", "surface"];

    /// <summary>As they are drawn.</summary>
    public static ImmutableArray<Media.Pixels.Rgb> ColoursOf(Boards.Palette palette)
    {
        var (ink, paper) = (ColourOf(palette.Background), ColourOf(palette.Text));
        return [paper, Contrast.Readable(ColourOf(palette.Accent), ink, paper), ink, ColourOf(palette.Surface)];
    }

    public static PictureMeter MeterOf(Boards.Palette palette, int width, int height) =>
        new(width, height, [.. ColoursOf(palette).Select(c => c.ToYuv())], PictureTape.DetailEvery);

    /// <param name="scenes">Those that the meter was shown, as its shots.</param>
    public static PictureTape TapeOf(PictureMeter meter, long firstFrame, ImmutableArray<SceneSlot> scenes) => new(
        meter.Grid.Columns,
        meter.Grid.Rows,
        firstFrame,
        meter.Fields,
        [
            .. meter.Details.Select(d => new DetailRow(
                d.Frame, d.Detail.Spatial, d.Detail.Step, d.Detail.Ratio, d.Detail.Block, d.Detail.Band, d.Detail.Low, d.Detail.High, d.Detail.Colours)),
        ],
        [.. meter.Texts.Select(t => RowOf(t, scenes)).OrderBy(t => t.Id, StringComparer.Ordinal)]);

    // Neither the chunk's numbers of scenes nor the film's: an edit before the chunk changes them, and the chunk is used again all the same. Where a scene begins
    // is in the key of the chunk.
    private static TextRow RowOf(MeasuredText measured, ImmutableArray<SceneSlot> scenes)
    {
        var (key, place) = (measured.Text.Key, measured.Text.Place);
        var start = key.Shot >= 0 ? scenes[key.Shot].StartFrame : -1;
        var (id, role) = key.Kind switch
        {
            SeenKind.Card => (FormattableString.Invariant($"text/{start:0000000000}/{key.Number:00}"), TextRole.Card),
            SeenKind.Caption => (FormattableString.Invariant($"caption/{key.Number + scenes[0].StartFrame:0000000000}"), TextRole.Caption),
            _ => (start < 0 ? "logo" : FormattableString.Invariant($"logo/{start:0000000000}"), TextRole.Logo),
        };
        return new TextRow(id, role, start, place.X, place.Y, place.Width, place.Height, measured.Ratio, measured.Frame);
    }

    private static Media.Pixels.Rgb ColourOf(Boards.Rgb colour) => new(colour.R, colour.G, colour.B);
}
