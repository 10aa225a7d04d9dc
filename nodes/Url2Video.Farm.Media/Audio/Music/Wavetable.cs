namespace Url2Video.Farm.Media.Audio.Music;

/// <summary>One period of a soft sound: a few sine partials, 16 bits, with one more entry for interpolation.</summary>
internal sealed class Wavetable
{
    internal const int Bits = 11;
    private const int Size = 1 << Bits;

    internal static readonly Wavetable Pad = new(1000, 320, 160, 70, 40);
    internal static readonly Wavetable Pluck = new(1000, 260, 110, 60, 20, 12);
    internal static readonly Wavetable Bass = new(1000, 140, 30);

    /// <summary>The partials of a bow: 1/n.</summary>
    internal static readonly Wavetable Strings = new(1000, 500, 333, 250, 200, 167, 143, 125, 90, 60);

    /// <summary>Odd partials, as of a reed or a plucked string at its middle.</summary>
    internal static readonly Wavetable Hollow = new(1000, 30, 260, 10, 110, 0, 50);

    /// <summary>Few and far between.</summary>
    internal static readonly Wavetable Bell = new(1000, 0, 0, 350, 0, 0, 0, 160);

    /// <param name="partials">Thousandths of the fundamental's amplitude, from the fundamental up.</param>
    private Wavetable(params ReadOnlySpan<int> partials)
    {
        Samples = new short[Size + 1];
        var values = new double[Size + 1];
        var largest = 0.0;
        for (var i = 0; i <= Size; i++)
        {
            for (var p = 0; p < partials.Length; p++)
            {
                values[i] += partials[p] / 1000.0 * StrictMath.SinTurns((p + 1) * (double)i / Size);
            }

            largest = Math.Max(largest, Math.Abs(values[i]));
        }

        for (var i = 0; i <= Size; i++)
        {
            Samples[i] = (short)Math.Round(values[i] / largest * short.MaxValue);
        }
    }

    internal short[] Samples { get; }
}
