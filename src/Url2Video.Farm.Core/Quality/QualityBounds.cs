namespace Url2Video.Farm.Core.Quality;

/// <summary>Every bound of the judgement, with where it comes from.</summary>
public static class QualityBounds
{
    /// <summary>The customary minimum of quality, of the shorter side.</summary>
    public const int ShortSideMin = 1_080;

    /// <summary>Allowed when somebody chose it.</summary>
    public const int ShortSideMinChosen = 720;

    /// <summary>Luma that is black: 16 and what noise adds.</summary>
    public const int BlackLumaMax = 24;

    /// <summary>A frame is black when so many of its fields are: 98 %, as FFmpeg's blackdetect has it.</summary>
    public const int BlackFieldsPermille = 980;

    /// <summary>Shorter black is a glitch that people may miss; longer looks like a fault of the player.</summary>
    public const int BlackErrorMs = 500;

    /// <summary>A picture that should move stands still: 2 s, as FFmpeg's freezedetect has it.</summary>
    public const int FrozenMs = 2_000;

    /// <summary>No field's mean moved by more.</summary>
    public const int FrozenStepMax = 1;

    /// <summary>WCAG 2.3.1: "a pair of opposing changes in relative luminance of 10% or more of the maximum relative luminance".</summary>
    public const int FlashStepPermille = 100;

    /// <summary>WCAG 2.3.1: "where the relative luminance of the darker image is below 0.80".</summary>
    public const int FlashDarkerPermille = 800;

    /// <summary>WCAG 2.3.1 and ITU-R BT.1702: no more than three flashes in any one second.</summary>
    public const int FlashesPerSecondMax = 3;

    /// <summary>ITU-R BT.1702: flashes that together take up to a quarter of the screen are let pass.</summary>
    public const int FlashAreaPermille = 250;

    /// <summary>WCAG 2.1, after Harding and Binnie: a change of (R - G - B) x 320 by more than 20 that involves a saturated red, R / (R + G + B) >= 0.8.</summary>
    public const int RedStep = 20;

    /// <summary>Sampled frames that show something for less than this are let pass.</summary>
    public const int DetailMsMin = 1_000;

    /// <summary>Pixels that lie in a staircase of flat steps of two codes and more.</summary>
    public const int BandPermille = 150;

    /// <summary>Four pixels apart differ by so much more than neighbours: 4000 is a ramp without any detail, sharp pictures have 1000 to 2500, drawings of soft tones 3600.</summary>
    public const int BlurRatio = 3_750;

    /// <summary>Below it there is nothing that could be sharp: the mean step from pixel to pixel, thousandths of a code.</summary>
    public const int BlurStepMin = 150;

    /// <summary>Steps on the grid of eight pixels against all others.</summary>
    public const int BlockPermille = 1_600;

    /// <summary>Likewise: the mean step from pixel to pixel that blocks can be seen in.</summary>
    public const int BlockStepMin = 300;

    /// <summary>Of a photograph: pixels at the end of the scale.</summary>
    public const int BurntPermille = 500;

    /// <summary>Likewise, at its beginning.</summary>
    public const int DrownedPermille = 900;

    /// <summary>WCAG 1.4.3 (AA) of large text, and every text on a film's frame is large; thousandths.</summary>
    public const int ContrastMin = 3_000;

    /// <summary>Hardly to be read at all.</summary>
    public const int ContrastError = 2_000;

    /// <summary>EBU R 95: graphics stay 5 % off every edge.</summary>
    public const int SafePermille = 50;

    /// <summary>Of a logo, against the frame's shorter side.</summary>
    public const int LogoSidePermille = 30;

    /// <summary>Free of text about a logo, against its own smaller side.</summary>
    public const int LogoSpacePermille = 100;

    /// <summary>Columns a second; the house aims at 17, Netflix asks for at most 20 of adults.</summary>
    public const int CaptionSpeedMax = 24;

    /// <summary>Nobody follows.</summary>
    public const int CaptionSpeedError = 34;

    /// <summary>A flash of words: half a second, in samples.</summary>
    public const long CaptionSamplesMin = 24_000;

    /// <summary>EBU R 128 s1: within 0.5 LU of the target; hundredths.</summary>
    public const int LoudnessWarning = 50;

    /// <summary>EBU R 128: within 1 LU.</summary>
    public const int LoudnessError = 100;

    /// <summary>EBU R 128: at most -1 dBTP; hundredths.</summary>
    public const int TruePeakMax = -100;

    /// <summary>Runs of three samples and more at full scale.</summary>
    public const int ClippedRunsMax = 0;

    /// <summary>Nothing is heard for so long although something should be.</summary>
    public const int SilenceMs = 2_000;

    /// <summary>EBU R 37: sound at most 40 ms before the picture and 60 ms behind; in samples of 48 kHz.</summary>
    public const int SyncEarlySamplesMax = 1_920;

    /// <inheritdoc cref="SyncEarlySamplesMax"/>
    public const int SyncLateSamplesMax = 2_880;
}
