namespace Url2Video.Farm.Media.Composition;

/// <summary>What a film must obey, and the arithmetic of its shots.</summary>
internal static class FilmRules
{
    /// <exception cref="ArgumentException">Names the first rule that is broken.</exception>
    public static void Check(Film film)
    {
        Require(film.Width % 2 == 0 && film.Height % 2 == 0, "Width and height must be even.");
        Require(Math.Min(film.Width, film.Height) >= CompositionLimits.FrameSideMin,
            $"A side must be at least {CompositionLimits.FrameSideMin} pixels.");
        Require(Math.Max(film.Width, film.Height) <= CompositionLimits.FrameSideMax,
            $"A side must be at most {CompositionLimits.FrameSideMax} pixels.");
        Require(!film.Shots.IsDefaultOrEmpty && film.Shots.Length <= CompositionLimits.ShotsMax,
            $"A film has 1 to {CompositionLimits.ShotsMax} shots.");
        Require(film.Shots[0].TransitionFrames == 0, "Nothing comes before the first shot: it cannot have a transition.");

        long start = 0;
        foreach (var shot in film.Shots)
        {
            Require(shot.StartFrame == start, $"Shots must follow each other: one starts at {shot.StartFrame}, not {start}.");
            Require(shot.Frames > 0, $"The shot at frame {start} has no frames.");
            Require(shot.TransitionFrames >= 0 && shot.TransitionFrames <= shot.Frames,
                $"The transition at frame {start} is longer than its shot.");
            Require(!shot.Shot.Cards.IsDefault && shot.Shot.Cards.Length <= CompositionLimits.CardsPerShotMax,
                $"At most {CompositionLimits.CardsPerShotMax} cards a shot.");
            Require(shot.Shot.Effects.Length <= Effect.PerShotMax, $"At most {Effect.PerShotMax} effects a shot.");
            ShotRules.Check(shot.Shot);
            start = shot.EndFrame;
        }

        Require(
            film.Logo is not { } logo || (logo.WidthMillionths is >= 20_000 and <= 500_000 && logo.OpacityPercent is >= 1 and <= 100),
            "A logo is 2 to 50 % of the shorter side wide and 1 to 100 % opaque.");
        Require(!film.Captions.IsDefault, "Captions may be empty but not absent.");
        var end = long.MinValue;
        foreach (var cue in film.Captions)
        {
            Require(cue.StartFrame >= end && cue.EndFrame > cue.StartFrame,
                $"The caption at frame {cue.StartFrame} is empty or overlaps the one before.");
            Require(!cue.Words.IsDefault && cue.Words.Length <= CompositionLimits.WordsPerCaptionMax,
                $"At most {CompositionLimits.WordsPerCaptionMax} words a caption.");
            end = cue.EndFrame;
        }
    }

    /// <summary>The shot that owns a frame.</summary>
    public static int ShotAt(Film film, long frame)
    {
        var (low, high) = (0, film.Shots.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = film.Shots[middle].StartFrame <= frame ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <summary>Frames a shot is seen: its own and those of the transition after it.</summary>
    public static long SeenFrames(Film film, int index) =>
        film.Shots[index].Frames + (index + 1 < film.Shots.Length ? film.Shots[index + 1].TransitionFrames : film.Shots[index].TailFrames);

    private static void Require(bool isKept, string rule)
    {
        if (!isKept)
        {
            throw new ArgumentException(rule);
        }
    }
}
