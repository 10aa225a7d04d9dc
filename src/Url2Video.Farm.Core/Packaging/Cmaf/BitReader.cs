namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>Reads bits, most significant first, and Exp-Golomb numbers (ITU-T H.264 section 9.1).</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _bit;

    /// <exception cref="EndOfStreamException">The bits are used up.</exception>
    public bool Flag()
    {
        if (_bit >> 3 >= _bytes.Length)
        {
            throw new EndOfStreamException("The parameter set ends too early.");
        }

        var isSet = (_bytes[_bit >> 3] >> (7 - (_bit & 7)) & 1) != 0;
        _bit++;
        return isSet;
    }

    /// <param name="count">0..32.</param>
    public uint Bits(int count)
    {
        var value = 0u;
        while (count-- > 0)
        {
            value = (value << 1) | (Flag() ? 1u : 0u);
        }

        return value;
    }

    /// <summary>ue(v).</summary>
    public uint Unsigned()
    {
        var zeros = 0;
        while (!Flag())
        {
            if (++zeros > 31)
            {
                throw new InvalidDataException("An Exp-Golomb number is too long.");
            }
        }

        return (1u << zeros) - 1 + Bits(zeros);
    }

    /// <summary>se(v).</summary>
    public int Signed()
    {
        var code = Unsigned();
        var magnitude = (int)((code + 1L) >> 1);
        return (code & 1) != 0 ? magnitude : -magnitude;
    }
}
