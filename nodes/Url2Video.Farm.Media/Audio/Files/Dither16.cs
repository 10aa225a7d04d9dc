namespace Url2Video.Farm.Media.Audio;

/// <summary>
/// 24 → 16 bits with triangular noise of one step (TPDF), so that what is quieter than a step is noise and not distortion. The noise is always the same: equal
/// tracks give equal files.
/// </summary>
public sealed class Dither16
{
    private const int StepBits = 8, Half = 1 << (StepBits - 1);

    private ulong _state = 0x9E37_79B9_7F4A_7C15;

    /// <param name="sample">24 bits.</param>
    public short Next(int sample)
    {
        // Two even variables of one step each: their difference is a triangle about zero.
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        var noise = (int)(_state & 0xFF) - (int)(_state >> 32 & 0xFF);
        return (short)Math.Clamp((sample + noise + Half) >> StepBits, short.MinValue, short.MaxValue);
    }
}
