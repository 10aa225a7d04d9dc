using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Tests.Quality;

/// <summary>Measures made by hand, field by field.</summary>
internal static class Tapes
{
    public const int Columns = 16;
    public const int Rows = 9;
    public const int Cells = Columns * Rows;

    public static FilmOutline Outline(long frames, Rational? fps = null) => new(
        1920, 1080, fps ?? new Rational(30, 1), frames, frames * 1_600, [new SceneSpan("only", 0, frames, 0) { Moves = true, IsPicture = true }]);

    /// <param name="luma">By frame and field.</param>
    public static PictureTape Of(long first, int frames, Func<long, int, byte> luma, Func<long, int, byte>? red = null)
    {
        var fields = new byte[frames * 2 * Cells];
        for (var f = 0; f < frames; f++)
        {
            for (var i = 0; i < Cells; i++)
            {
                fields[(f * 2 * Cells) + i] = luma(first + f, i);
                fields[(((f * 2) + 1) * Cells) + i] = red?.Invoke(first + f, i) ?? 0;
            }
        }

        return new PictureTape(Columns, Rows, first, fields, [], []);
    }

    /// <summary>Something that moves in every frame, neither dark nor flashing.</summary>
    public static byte Lively(long frame, int field) => (byte)(90 + ((frame + field) % 5));

    public static QualityReport Judge(FilmOutline film, params PictureTape[] tapes) => QualityJudge.Judge(new QualityCase(
        film, PictureTrack.Of(tapes), new CodedPictures(film.Frames, true), null, [], Core.Captions.CaptionStyle.For(film.Width, film.Height, film.Fps), HasCaptions: false));
}
