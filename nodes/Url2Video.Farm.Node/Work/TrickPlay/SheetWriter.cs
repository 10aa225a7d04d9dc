using System.Globalization;
using Url2Video.Farm.Core.Packaging.TrickPlay;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Node.Work.TrickPlay;

/// <summary>Lays small copies of pictures on sheets and writes each full sheet as a JPEG file. One sheet is held at a time.</summary>
internal sealed class SheetWriter : IDisposable
{
    /// <summary>Small pictures are looked at for a moment; a sheet of twenty-five has about 60 kB.</summary>
    private const int Quantizer = 5;

    private readonly VideoScaler _scaler;
    private readonly YuvImage _small;
    private readonly YuvImage _sheet;
    private readonly string _folder;
    private readonly List<string> _files = [];
    private int _count;

    /// <param name="width">Of the pictures.</param>
    /// <param name="height">Of the pictures.</param>
    /// <param name="folder">For the files, empty.</param>
    public SheetWriter(int width, int height, string folder)
    {
        var (small, tall) = ThumbnailGrid.SizeOf(width, height);
        _folder = folder;
        _scaler = new VideoScaler(width, height, small, tall);
        _small = new YuvImage(small, tall);
        _sheet = new YuvImage(small * ThumbnailGrid.Columns, tall * ThumbnailGrid.Rows);
    }

    public int Width => _small.Width;

    public int Height => _small.Height;

    /// <summary>Pictures come in the order of <see cref="ThumbnailGrid"/>.</summary>
    public void Add(YuvImage picture)
    {
        if (_count % ThumbnailGrid.PerSheet == 0)
        {
            _sheet.Fill(16, 128, 128); // Black is what is left of the last one.
        }

        _scaler.Scale(picture, _small);
        var (column, row) = ThumbnailGrid.CellOf(_count);
        Lay(column * Width, row * Height);
        if (++_count % ThumbnailGrid.PerSheet == 0)
        {
            Write();
        }
    }

    /// <returns>The files in order.</returns>
    public IReadOnlyList<string> Finish()
    {
        if (_count % ThumbnailGrid.PerSheet != 0)
        {
            Write();
        }

        return _files;
    }

    public void Dispose()
    {
        _scaler.Dispose();
        _small.Dispose();
        _sheet.Dispose();
    }

    private void Lay(int x, int y)
    {
        for (var line = 0; line < Height; line++)
        {
            _small.RowY(line).CopyTo(_sheet.RowY(y + line)[x..]);
        }

        for (var line = 0; line < Height / 2; line++)
        {
            _small.RowU(line).CopyTo(_sheet.RowU((y / 2) + line)[(x / 2)..]);
            _small.RowV(line).CopyTo(_sheet.RowV((y / 2) + line)[(x / 2)..]);
        }
    }

    private void Write()
    {
        var path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"sheet-{_files.Count}.jpg"));
        File.WriteAllBytes(path, ImageEncoder.EncodeJpeg(_sheet, Quantizer));
        _files.Add(path);
    }
}
