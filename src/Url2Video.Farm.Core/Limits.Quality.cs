namespace Url2Video.Farm.Core;

/// <content>Of the quality stage.</content>
public static partial class Limits
{
    /// <summary>Findings of one report: whoever has more has one cause for them, and reads the first.</summary>
    public const int QualityFindingsMax = 500;

    /// <summary>Findings that the journal names.</summary>
    public const int QualityWorstMax = 3;

    /// <summary>A measured chunk as a file: its fields (300 bytes a frame at most) and its texts. A chunk has some hundred frames.</summary>
    public const int QualityRecordBytesMax = 16 * 1024 * 1024;

    /// <summary>Fields that a frame is divided into: 16 by 9 and their like.</summary>
    public const int QualityFieldsMax = 256;

    /// <summary>Frames of one record.</summary>
    public const int QualityRecordFramesMax = 1 << 20;

    /// <summary>Frames of a film that are judged: their fields are in memory at once, 300 bytes a frame at most. More than nine hours of 30 frames a second.</summary>
    public const int QualityFilmFramesMax = 1 << 20;

    /// <summary>Texts and samples of one record.</summary>
    public const int QualityRecordRowsMax = 1 << 18;
}
