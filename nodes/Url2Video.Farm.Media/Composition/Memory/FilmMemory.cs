using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What lies over the whole film wants: its mark, and captions that are burned in. It is there once, whichever shots are in sight.</summary>
public static class FilmMemory
{
    /// <summary>Of a mark's pixels: it and its opacity, and what is drawn of it.</summary>
    private const int MarkBytes = 23;

    /// <summary>Two lines of letters at the bottom of the frame, a mask for each word, and the box behind them: tenths of a byte to each pixel of the frame.</summary>
    private const int CaptionTenths = 10;

    /// <param name="mark">Null: there is none.</param>
    /// <param name="hasCaptions">They are burned in.</param>
    /// <param name="pictures">By the id that the mark names its picture by.</param>
    public static MemoryPart Of(LogoMark? mark, bool hasCaptions, int width, int height, Func<string, PictureFacts> pictures)
    {
        var (held, passing) = (hasCaptions ? (Plane8.BytesOf(width, height) * CaptionTenths / 10) + ShotMemory.ToolBytes : 0, 0L);
        if (mark is null)
        {
            return new MemoryPart(MemoryPlace.Frames, 0, held, passing);
        }

        // A corner is chosen by looking at a shot.
        passing = mark.Anchor == MarkAnchor.Auto ? YuvImage.BytesOf(width, height) : 0;
        held += ShotMemory.ToolBytes;
        if (mark.Text is null)
        {
            ArgumentNullException.ThrowIfNull(pictures);
            var facts = pictures(mark.PictureId);
            var markWidth = Math.Min(width, height) * (long)mark.WidthMillionths / 1_000_000;
            held += markWidth * Math.Min(height / 2, (markWidth * facts.Height / Math.Max(1, facts.Width)) + 1) * MarkBytes;
            passing = Math.Max(passing, MemoryDesk.Opened(facts));
        }

        return new MemoryPart(MemoryPlace.Frames, 0, held, passing);
    }
}
