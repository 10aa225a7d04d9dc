using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Burns captions in: at most two lines, set apart from the picture as <see cref="Film.CaptionPreset"/> says.</summary>
internal sealed class CaptionTrack(Film film, RenderContext context) : IDisposable
{
    /// <summary>Frames in which a word takes on, and loses, the accent.</summary>
    private const int TurnFrames = 3;

    private static readonly (int X, int Y)[] s_directions = [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)];

    private readonly TextLayout _layout = new(context.Fonts,
        rune => context.Warn(CompositionWarningKind.GlyphMissing, $"U+{rune.Value:X4}"));
    private int _index = -1;
    private Sprite? _box;
    private List<TextBitmap> _words = [];
    private PixelRect _place;
    private int _x;
    private int _y;
    private int _em;

    public void Draw(long frame, YuvImage target)
    {
        var index = CueAt(frame);
        if (index < 0)
        {
            return;
        }

        if (index != _index)
        {
            Prepare(index);
        }

        _box?.Draw(0, target, context.Painter);
        var cue = film.Captions[index];
        if (film.CaptionPreset == CaptionPreset.Outlined)
        {
            DrawOutline(target);
        }

        TextBitmap? popping = null;
        foreach (var word in _words)
        {
            if (ScaleOf(word, cue.Words[word.Tag], frame) != Pose.OwnSize)
            {
                popping = word; // Over its neighbours.
                continue;
            }

            context.Painter.Paint(target, word.Mask, _x, _y << 8, ColourOf(cue.Words[word.Tag], frame), FixedPoint.One15);
        }

        if (popping is not null)
        {
            DrawPopping(popping, cue.Words[popping.Tag], frame, target);
        }
    }

    /// <summary>Adds the caption of a frame that was drawn.</summary>
    public void AddTextAt(long frame, List<SeenText> seen)
    {
        if (_index >= 0 && CueAt(frame) == _index && _words.Count > 0)
        {
            seen.Add(new SeenText(new SeenKey(SeenKind.Caption, -1, film.Captions[_index].StartFrame), _place, context.Paper));
        }
    }

    public void Dispose() => Drop();

    private int ScaleOf(TextBitmap bitmap, CaptionWord word, long frame) =>
        WordPop.ScaleQ16(film, word, frame, WordPop.GrowthOf(bitmap.Mask.Luma.Width, _em));

    private void DrawPopping(TextBitmap bitmap, CaptionWord word, long frame, YuvImage target)
    {
        var mask = bitmap.Mask;
        var (pivotX, pivotY) = (_x + mask.X + (mask.Luma.Width / 2), _y + mask.Y + (mask.Luma.Height / 2));
        var placement = new MaskPlacement(pivotX, pivotY, ScaleOf(bitmap, word, frame), 0, 0);
        context.MaskSampler.Paint(target, mask, _x, _y, placement, null, ColourOf(word, frame), FixedPoint.One15);
    }

    // The letters in ink, moved to the eight directions, under the letters themselves. Even steps: masks lie on the chroma grid.
    private void DrawOutline(YuvImage target)
    {
        var step = Math.Max(2, context.Safe.ShortSide * 2 / 1000) & ~1;
        var ink = context.Theme.Ink.ToYuv();
        foreach (var (x, y) in s_directions)
        {
            foreach (var word in _words)
            {
                context.Painter.Paint(target, word.Mask, _x + (x * step), (_y + (y * step)) << 8, ink, FixedPoint.One15);
            }
        }
    }

    private int CueAt(long frame)
    {
        var (low, high) = (0, film.Captions.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var cue = film.Captions[middle];
            if (frame >= cue.StartFrame && frame < cue.EndFrame)
            {
                return middle;
            }

            (low, high) = frame < cue.StartFrame ? (low, middle - 1) : (middle + 1, high);
        }

        return -1;
    }

    private void Prepare(int index)
    {
        Drop();
        _index = index;
        var (area, size) = (context.Safe.Captions, context.Safe.ShortSide);
        var isNarrow = area.Width < size;
        var style = new TextStyle(context.Theme.FontFamily, true, Math.Max(8, size * (isNarrow ? 52 : 46) / 1000),
            Math.Max(7, size * 34 / 1000), 2, 1_280);
        var (padX, padY) = (size * 26 / 1000, size * 13 / 1000);
        var words = film.Captions[index].Words.Select((w, i) => new TextSpan(w.Text, i)).ToList();
        var text = _layout.Fit(words, style, area.Width - (2 * padX), area.Height - (2 * padY));
        if (text.IsCut)
        {
            context.Warn(CompositionWarningKind.TextCut, string.Join(' ', words.Select(w => w.Text)));
        }

        // Lines sit on the bottom of the area, so that one line and two share their last baseline.
        _x = (area.X + ((area.Width - text.Width) / 2)) & ~1;
        _y = (area.Bottom - padY - text.Height) & ~1;
        _em = text.Em;
        _place = new PixelRect(_x, _y, text.Width, text.Height);
        _words = context.Rasterizer.Render(text, LineAlign.Centre, text.Width);
        if (_words.Count > 0 && film.CaptionPreset != CaptionPreset.Outlined)
        {
            var box = MaskShapes.RoundedBox(0, 0, text.Width + (2 * padX), text.Height + (2 * padY), size * 14 / 1000);
            var always = new SpriteTiming(0, TextCard.ToTheEnd, 0, 0);
            _box = new Sprite(box, (_x - padX) & ~1, (_y - padY) & ~1, context.Theme.Ink.ToYuv(), CardBuilder.BoxOpacity, always);
        }
    }

    private Yuv ColourOf(CaptionWord word, long frame)
    {
        var lit = Math.Min(frame - word.StartFrame + 1, word.EndFrame + TurnFrames - 1 - frame);
        if (film.CaptionPreset is not (CaptionPreset.BoxedActiveWord or CaptionPreset.BoxedPoppingWord))
        {
            return context.Paper;
        }

        var weight = (int)(Math.Clamp(lit, 0, TurnFrames) * FixedPoint.One15 / TurnFrames);
        var (paper, accent) = (context.Paper, context.Accent);
        return new Yuv(Mix(paper.Y, accent.Y), Mix(paper.U, accent.U), Mix(paper.V, accent.V));

        byte Mix(int from, int to) => FixedPoint.ToByte(from + FixedPoint.MulHrs(to - from, weight));
    }

    private void Drop()
    {
        _box?.Mask.Dispose();
        _box = null;
        _words.ForEach(w => w.Dispose());
        _words = [];
        _index = -1;
    }
}
