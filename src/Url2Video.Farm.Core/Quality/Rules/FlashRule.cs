namespace Url2Video.Farm.Core.Quality.Rules;

/// <summary>
/// Flashes that can harm people with photosensitive epilepsy. A transition is a change by the bound, up or down, of fields that together take more
/// than a quarter of the screen at about the same time; two opposing ones are a flash; more than three flashes within a second are too many.
/// WCAG 2.1 success criterion 2.3.1 gives the bounds of light and of red, ITU-R BT.1702 the area.
/// </summary>
internal sealed class FlashRule : IFrameRule
{
    /// <summary>Fields that change within a tenth of a second change together.</summary>
    private const int TogetherMs = 100;

    private readonly FilmOutline _film;
    private readonly bool _isRed;
    private readonly long _togetherFrames;
    private readonly List<(long Frame, int Direction)> _transitions = [];
    private FieldSwing[] _fields = [];

    private FlashRule(FilmOutline film, bool isRed) => (_film, _isRed, _togetherFrames) = (film, isRed, Math.Max(1, film.FramesIn(TogetherMs)));

    public static FlashRule OfLight(FilmOutline film) => new(film, isRed: false);

    public static FlashRule OfRed(FilmOutline film) => new(film, isRed: true);

    public void Look(long frame, ReadOnlySpan<byte> luma, ReadOnlySpan<byte> red)
    {
        if (_fields.Length != luma.Length)
        {
            _fields = new FieldSwing[luma.Length];
        }

        var (up, down) = (0, 0);
        for (var i = 0; i < _fields.Length; i++)
        {
            ref var field = ref _fields[i];
            if (_isRed)
            {
                field.Red(red[i] >> PictureTape.RedShift, (red[i] & 1) != 0, frame);
            }
            else
            {
                field.Light(LinearLight.PermilleOfLuma[luma[i]], frame);
            }

            up += field.Direction > 0 && frame - field.Since < _togetherFrames ? 1 : 0;
            down += field.Direction < 0 && frame - field.Since < _togetherFrames ? 1 : 0;
        }

        Note(frame, up, 1);
        Note(frame, down, -1);
    }

    public void Gap() => Array.Clear(_fields);

    public IEnumerable<Finding> End()
    {
        var second = _film.FramesIn(1_000);
        var (first, last, most) = (-1L, -1L, 0);
        for (var (oldest, newest) = (0, 0); newest < _transitions.Count; newest++)
        {
            // The second is half open: what is a whole second old belongs to the one before.
            while (_transitions[newest].Frame - _transitions[oldest].Frame >= second)
            {
                oldest++;
            }

            var flashes = (newest - oldest + 1) / 2;
            if (newest - oldest + 1 > 2 * QualityBounds.FlashesPerSecondMax)
            {
                // Half a flash more than three is more than three.
                flashes = Math.Max(flashes, QualityBounds.FlashesPerSecondMax + 1);
                if (first >= 0 && _transitions[oldest].Frame > last)
                {
                    yield return FindingOf(first, last, most);
                    (first, most) = (-1, 0);
                }

                first = first < 0 ? _transitions[oldest].Frame : first;
                (last, most) = (_transitions[newest].Frame, Math.Max(most, flashes));
            }
        }

        if (first >= 0)
        {
            yield return FindingOf(first, last, most);
        }
    }

    private void Note(long frame, int fields, int direction)
    {
        var isLarge = fields * 1000 > QualityBounds.FlashAreaPermille * _fields.Length;
        if (isLarge && (_transitions.Count == 0 || _transitions[^1].Direction != direction))
        {
            _transitions.Add((frame, direction));
        }
    }

    private Finding FindingOf(long first, long last, int flashes) => new(
        _isRed ? FindingCodes.RedFlash : FindingCodes.Flash,
        Severity.Error,
        _film.MsAt(first),
        _film.MsAt(last + 1),
        _film.SceneAt(first)?.Id,
        flashes,
        QualityBounds.FlashesPerSecondMax,
        "flashes/s",
        _isRed ? $"Saturated red flashes {flashes} times within a second." : $"The picture flashes {flashes} times within a second.",
        "Slow the change down, or let it take less than a quarter of the frame: it can cause seizures.");

    /// <summary>The way of one field between its extremes.</summary>
    private struct FieldSwing
    {
        private int _low, _high;
        private bool _isSaturated, _isSeen;

        /// <summary>Where the last change led: 1, -1, or 0 for none yet.</summary>
        public int Direction { get; private set; }

        /// <summary>The frame in which it was large enough.</summary>
        public long Since { get; private set; }

        public void Light(int permille, long frame)
        {
            if (!Begin(permille))
            {
                return;
            }

            if (Direction >= 0 && _high - permille >= QualityBounds.FlashStepPermille && permille < QualityBounds.FlashDarkerPermille)
            {
                Turn(-1, permille, frame);
            }
            else if (Direction <= 0 && permille - _low >= QualityBounds.FlashStepPermille && _low < QualityBounds.FlashDarkerPermille)
            {
                Turn(1, permille, frame);
            }
            else
            {
                Follow(permille);
            }
        }

        public void Red(int quartered, bool isSaturated, long frame)
        {
            var red = 4 * quartered;
            if (!Begin(red))
            {
                _isSaturated = isSaturated;
                return;
            }

            var isEither = _isSaturated || isSaturated;
            if (Direction >= 0 && _high - red > QualityBounds.RedStep && isEither)
            {
                Turn(-1, red, frame);
                _isSaturated = isSaturated;
            }
            else if (Direction <= 0 && red - _low > QualityBounds.RedStep && isEither)
            {
                Turn(1, red, frame);
                _isSaturated = isSaturated;
            }
            else
            {
                Follow(red);
                _isSaturated |= isSaturated;
            }
        }

        private bool Begin(int value)
        {
            var wasSeen = _isSeen;
            if (!wasSeen)
            {
                (_isSeen, _low, _high) = (true, value, value);
            }

            return wasSeen;
        }

        private void Turn(int direction, int value, long frame) => (Direction, Since, _low, _high) = (direction, frame, value, value);

        // A rising field keeps its highest, a falling one its lowest: the next change is measured from there.
        private void Follow(int value) => (_low, _high) = (Math.Min(_low, value), Math.Max(_high, value));
    }
}
