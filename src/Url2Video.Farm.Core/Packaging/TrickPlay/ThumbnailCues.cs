using System.Globalization;
using System.Text;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Packaging.TrickPlay;

/// <summary>
/// A WebVTT file whose cues name a part of a sheet by a media fragment: what players read that know nothing of image playlists. It lies beside
/// the folder of the sheets.
/// </summary>
internal static class ThumbnailCues
{
    public static string Write(PackageView view, ThumbnailFiles small)
    {
        var (frames, fps) = (view.Plan.Frames, view.Plan.Fps);
        var count = ThumbnailGrid.Count(frames, fps);
        var film = ((frames * fps.Denominator * 1_000) + fps.Numerator - 1) / fps.Numerator;
        var text = new StringBuilder("WEBVTT\n");
        for (var index = 0; index < count; index++)
        {
            var (column, row) = ThumbnailGrid.CellOf(index);
            var start = index * ThumbnailGrid.Seconds * 1_000L;
            var sheet = PackageLayout.Sheet(index / ThumbnailGrid.PerSheet)["media/".Length..];
            text.Append('\n').Append(Time(start)).Append(" --> ").Append(Time(Math.Min(film, start + (ThumbnailGrid.Seconds * 1_000L)))).Append('\n');
            text.Append(CultureInfo.InvariantCulture, $"{sheet}#xywh={column * small.Width},{row * small.Height},{small.Width},{small.Height}\n");
        }

        return text.ToString();
    }

    private static string Time(long millis) =>
        string.Create(CultureInfo.InvariantCulture, $"{millis / 3_600_000:D2}:{millis / 60_000 % 60:D2}:{millis / 1_000 % 60:D2}.{millis % 1_000:D3}");
}
