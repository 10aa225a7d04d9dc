namespace Url2Video.Farm.Media.Composition;

/// <summary>Every bound of this room.</summary>
public static class CompositionLimits
{
    public const int FrameSideMin = 128;
    public const int FrameSideMax = 8192;
    public const int ShotsMax = 100_000;
    public const int CardsPerShotMax = 16;
    public const int BulletsPerCardMax = 12;
    public const int WordsPerCaptionMax = 64;
    public const int ChartValuesMax = 8;

    /// <summary>Longer text is cut and reported: nobody reads it in a shot.</summary>
    public const int TextCharsMax = 2_000;

    /// <summary>A picture is not stretched more than this, in thousandths: beyond it the frame is filled with a blurred copy.</summary>
    public const int UpscaleMaxThousandths = 1_500;

    public const int WarningsMax = 1_000;

    /// <summary>Each may be a process of its own.</summary>
    public const int FiltersPerShotMax = 4;
}
