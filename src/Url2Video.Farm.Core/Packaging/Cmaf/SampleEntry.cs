namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>The parts of a VisualSampleEntry (ISO/IEC 14496-12 section 12.1.3) that are the same for every codec.</summary>
internal static class SampleEntry
{
    /// <summary>Opens the entry; the codec's own box, colour and <see cref="BoxWriter.Close"/> follow.</summary>
    /// <param name="depth">Bits a pixel, as QuickTime counts: 24, or 32 with opacity.</param>
    public static BoxWriter Open(BoxWriter writer, string type, int width, int height, int depth = 24)
    {
        const int DotsPerInch72 = 0x48, NoColourTable = 0xFFFF;
        return writer.Open(type).Zeros(6).U16(1).Zeros(16)
            .U16(width).U16(height).U16(DotsPerInch72).U16(0).U16(DotsPerInch72).U16(0)
            .U32(0).U16(1).Zeros(32).U16(depth).U16(NoColourTable);
    }

    /// <summary>BT.709, limited range: what every rung is composed in.</summary>
    public static BoxWriter Colour709(BoxWriter writer)
    {
        const int Bt709 = 1;
        return Colour(writer, Bt709, Bt709, Bt709, isFullRange: false);
    }

    public static BoxWriter Colour(BoxWriter writer, int primaries, int transfer, int matrix, bool isFullRange) =>
        writer.Open("colr").Ascii("nclx").U16(primaries).U16(transfer).U16(matrix).U8(isFullRange ? 0x80 : 0).Close();

    public static BoxWriter SquarePixels(BoxWriter writer) => writer.Open("pasp").U32(1).U32(1).Close();
}
