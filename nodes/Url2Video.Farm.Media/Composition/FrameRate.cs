namespace Url2Video.Farm.Media.Composition;

/// <summary>Frames per second as an exact fraction.</summary>
public readonly record struct FrameRate
{
    public FrameRate(int numerator, int denominator = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numerator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        (Numerator, Denominator) = (numerator, denominator);
    }

    public int Numerator { get; }

    public int Denominator { get; }

    /// <summary>floor(milliseconds · rate): how many frames begin before that time, counting from 0.</summary>
    public int FramesIn(long milliseconds) => checked((int)((Int128)milliseconds * Numerator / ((Int128)Denominator * 1000)));

    public override string ToString() => Denominator == 1 ? $"{Numerator}" : $"{Numerator}/{Denominator}";
}
