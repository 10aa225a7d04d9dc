using System.Collections.Immutable;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Text;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.Cli.Catalogue;

/// <summary>One picture of many small ones, each row of them with a name; composed like any film, so the names are set by the same hands.</summary>
internal sealed class ContactSheet : IDisposable
{
    public const int CellWidth = 384;
    public const int CellHeight = 216;
    private const int Gap = 8;
    private const int Caption = 36;
    private readonly YuvImage _sheet;
    private readonly ImmutableArray<TextCard>.Builder _names = ImmutableArray.CreateBuilder<TextCard>();

    public ContactSheet(int columns, int rows)
    {
        _sheet = new YuvImage(Gap + (columns * (CellWidth + Gap)), Gap + (rows * (CellHeight + Caption)));
        _sheet.Fill(24, 128, 128);
    }

    public void Add(YuvImage cell, int column, int row)
    {
        var (left, top) = (Gap + (column * (CellWidth + Gap)), Gap + (row * (CellHeight + Caption)));
        for (var y = 0; y < CellHeight; y++)
        {
            cell.RowY(y).CopyTo(_sheet.RowY(top + y)[left..]);
        }

        for (var y = 0; y < CellHeight / 2; y++)
        {
            cell.RowU(y).CopyTo(_sheet.RowU((top / 2) + y)[(left / 2)..]);
            cell.RowV(y).CopyTo(_sheet.RowV((top / 2) + y)[(left / 2)..]);
        }
    }

    public void Name(string text, int column, int row)
    {
        var (left, top) = (Gap + (column * (CellWidth + Gap)), Gap + (row * (CellHeight + Caption)) + CellHeight);
        _names.Add(new TextCard.Placed(
            0, TextCard.ToTheEnd, text, (int)(left * 1_000_000L / _sheet.Width), (int)(top * 1_000_000L / _sheet.Height),
            (int)(22 * 1_000_000L / Math.Min(_sheet.Width, _sheet.Height)), new Rgb(0xFA, 0xFA, 0xF7), LineAlign.Left, FadeInMilliseconds: 0, IsKeptReadable: false));
    }

    /// <returns>A PNG.</returns>
    public byte[] ToPng()
    {
        var pictures = new SamplePictures(2, 2);
        pictures.Add("sheet", _sheet);
        var shot = new Shot(new Background.Picture("sheet", CameraMove.Still), _names.ToImmutable());
        var film = new Film(_sheet.Width, _sheet.Height, new FrameRate(30), Theme.Default, [new FilmShot(shot, 0, 30)], []);
        using var renderer = new FilmRenderer(film, FilmFonts.Shared, pictures);
        using var frame = new YuvImage(_sheet.Width, _sheet.Height);
        renderer.Compose(29, frame);
        return ImageEncoder.EncodePng(frame);
    }

    public void Dispose() => _sheet.Dispose();
}
