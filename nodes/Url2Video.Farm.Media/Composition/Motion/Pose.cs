using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>How a mask stands at one moment: moved and scaled from its place, faded, partly uncovered.</summary>
/// <param name="Alpha">0..32767.</param>
/// <param name="XQ16">To the right of its place, 1/65536 pixel.</param>
/// <param name="YQ16">Below its place.</param>
/// <param name="ScaleQ16">65536 is its own size.</param>
/// <param name="Reveal">The share that is uncovered, 2.30.</param>
/// <param name="Blur">How unsharp it is, 2.30; 0 is sharp.</param>
internal readonly record struct Pose(int Alpha, int XQ16, int YQ16, int ScaleQ16, long Reveal, long Blur)
{
    public const int OwnSize = 1 << 16;

    public static Pose Rest { get; } = new(FixedPoint.One15, 0, 0, OwnSize, EasingCurve.One, 0);

    /// <summary>In its place, at its size, all of it: only its opacity may differ.</summary>
    public bool IsInPlace => XQ16 == 0 && YQ16 == 0 && ScaleQ16 == OwnSize && Reveal >= EasingCurve.One && Blur == 0;
}

/// <summary>Where each unit of a text is at each moment. Pure.</summary>
/// <param name="shortSide">Of the frame: distances scale with it.</param>
internal sealed class PoseRule(TextMotion motion, int shortSide)
{
    /// <summary>How much smaller a growing text starts. A mask can be reduced to two thirds before it aliases.</summary>
    private const long Growth = (long)(0.32 * (1 << 16));

    private readonly long _distanceQ16 = ((long)motion.DistanceTenths * shortSide << 16) / 10_800;

    public TextMotion Motion => motion;

    /// <summary>When a unit begins to come, microseconds after the card.</summary>
    public long StartOf(int unit)
    {
        var delay = motion.Delay * 1000L;
        return motion.Kind switch
        {
            // The n-th letter is there n-times the time of a letter after the first stroke began.
            TextMotionKind.Typewriter => delay + ((unit + 1) * 10_000_000L / motion.PerSecondTenths),
            _ when motion.HasPace => delay + (unit * 10_000_000L / motion.PerSecondTenths),
            _ => delay,
        };
    }

    /// <param name="micros">Since the card's first frame.</param>
    /// <param name="unit">Which word or letter; 0 for a text that comes as a whole.</param>
    public Pose At(long micros, int unit)
    {
        var start = StartOf(unit);
        if (micros < start)
        {
            return Pose.Rest with { Alpha = 0 };
        }

        var clock = new MoveClock(start, motion.Length * 1000L, motion.Ease);
        var time = clock.TimeShareAt(micros);
        var done = motion.Ease.Apply(time);
        var faded = Pose.Rest with { Alpha = Alpha(done) };
        var away = (int)(_distanceQ16 - EasingCurve.Between(0, _distanceQ16, done));
        return motion.Kind switch
        {
            TextMotionKind.FadeIn or TextMotionKind.WordByWord => faded,
            TextMotionKind.FadeInUp or TextMotionKind.SlideInUp or TextMotionKind.LetterByLetter => faded with { YQ16 = away },
            TextMotionKind.SlideInDown => faded with { YQ16 = -away },
            TextMotionKind.SlideInLeft => faded with { XQ16 = -away },
            TextMotionKind.SlideInRight => faded with { XQ16 = away },
            TextMotionKind.ZoomIn => faded with { ScaleQ16 = Grown(done) },
            TextMotionKind.WordPop => faded with { Alpha = Alpha(3 * time), ScaleQ16 = Grown(done) },
            TextMotionKind.BlurIn => faded with { Blur = Math.Clamp(EasingCurve.One - done, 0, EasingCurve.One) },
            TextMotionKind.Wipe => Pose.Rest with { Reveal = done },
            _ => Pose.Rest,
        };
    }

    private static int Alpha(long share) => (int)(Math.Clamp(share, 0, EasingCurve.One) * FixedPoint.One15 >> 30);

    // A curve may overshoot by far; a text that doubles would leave the frame.
    private static int Grown(long done) =>
        (int)Math.Clamp(Pose.OwnSize - Growth + EasingCurve.Between(0, Growth, done), Pose.OwnSize - Growth, 2 * Pose.OwnSize);
}
