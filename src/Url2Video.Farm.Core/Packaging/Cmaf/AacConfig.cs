using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>AAC-LC at 48 kHz: the AudioSpecificConfig (ISO/IEC 14496-3 section 1.6.2.1) of the sound track.</summary>
public sealed class AacConfig
{
    private const int LowComplexity = 2, Index48k = 3;

    private readonly byte[] _specific;

    private AacConfig(byte[] specific, int channels) => (_specific, Channels) = (specific, channels);

    /// <summary>1 or 2.</summary>
    public int Channels { get; }

    public static string Codecs => "mp4a.40.2";

    internal ReadOnlySpan<byte> Specific => _specific;

    /// <param name="specific">An encoder's global header.</param>
    /// <exception cref="FarmException"><see cref="ErrorCodes.MediaFailed"/>: not AAC-LC, 48 kHz, mono or stereo.</exception>
    public static AacConfig From(ReadOnlySpan<byte> specific)
    {
        if (specific.Length is >= 2 and <= 64)
        {
            var type = specific[0] >> 3;
            var rate = (specific[0] & 7) << 1 | specific[1] >> 7;
            var channels = specific[1] >> 3 & 15;
            if (type == LowComplexity && rate == Index48k && channels is 1 or 2)
            {
                // What follows (SBR signalling, if any) is left out: the two bytes say all that is so.
                return new AacConfig([specific[0], (byte)(specific[1] & 0xF8)], channels);
            }
        }

        throw new FarmException(ErrorCodes.MediaFailed, "The sound is not AAC-LC at 48 kHz with one or two channels.");
    }
}
