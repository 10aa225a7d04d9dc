using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition;

/// <summary>Frames side by side in one picture, to be looked at.</summary>
internal static class Sheets
{
    private const int Columns = 4;

    /// <summary>Where contact sheets go, or null when nobody asked for them.</summary>
    public static string? Folder => Environment.GetEnvironmentVariable("U2V_SHEETS");

    /// <param name="frames">Each may be the same picture, drawn over when the next is asked for; all of one size.</param>
    public static void Write(string name, IEnumerable<YuvImage> frames)
    {
        var small = frames.Select(f => PictureScaler.Scale(f, f.Width / 4 * 2, f.Height / 4 * 2)).ToList();
        var (width, height) = (small[0].Width, small[0].Height);
        using var sheet = new YuvImage(width * Columns, height * ((small.Count + Columns - 1) / Columns));
        sheet.Fill(128, 128, 128);
        for (var i = 0; i < small.Count; i++)
        {
            var (left, top) = (i % Columns * width, i / Columns * height);
            for (var y = 0; y < height; y++)
            {
                small[i].RowY(y).CopyTo(sheet.RowY(top + y)[left..]);
            }

            for (var y = 0; y < height / 2; y++)
            {
                small[i].RowU(y).CopyTo(sheet.RowU((top / 2) + y)[(left / 2)..]);
                small[i].RowV(y).CopyTo(sheet.RowV((top / 2) + y)[(left / 2)..]);
            }

            small[i].Dispose();
        }

        Directory.CreateDirectory(Folder!);
        File.WriteAllBytes(Path.Combine(Folder!, $"{name}.png"), ImageEncoder.EncodePng(sheet));
    }
}

/// <summary>Skipped unless U2V_SHEETS names a folder.</summary>
public sealed class SheetsFactAttribute : FactAttribute
{
    public SheetsFactAttribute() => Skip = Sheets.Folder is null ? "Set U2V_SHEETS to a folder to have contact sheets written." : null;
}
