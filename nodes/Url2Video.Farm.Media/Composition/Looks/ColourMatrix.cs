namespace Url2Video.Farm.Media.Composition;

/// <summary>A colour of R'G'B' or of any three numbers; channels of 0..1, more or less outside the gamut.</summary>
internal readonly record struct Triple(double X, double Y, double Z);

/// <summary>An affine map of three numbers. Additions, multiplications and divisions in a fixed order: the same bits on every machine.</summary>
internal readonly record struct ColourMatrix(Triple Row0, Triple Row1, Triple Row2, Triple Offset)
{
    public static ColourMatrix Identity { get; } = Gains(1, 1, 1);

    public static ColourMatrix Gains(double r, double g, double b) => new(new(r, 0, 0), new(0, g, 0), new(0, 0, b), default);

    /// <summary>BT.709 codes (Y 16..235, U and V about 128) to R'G'B' of 0..1.</summary>
    public static ColourMatrix FromCodes { get; } = Decode();

    /// <summary>R'G'B' of 0..1 to BT.709 codes.</summary>
    public static ColourMatrix ToCodes { get; } = new(
        new(219 * Bt709.Kr, 219 * Bt709.Kg, 219 * Bt709.Kb),
        new(-224 * Bt709.Kr / Bt709.SpanU, -224 * Bt709.Kg / Bt709.SpanU, 224 * (1 - Bt709.Kb) / Bt709.SpanU),
        new(224 * (1 - Bt709.Kr) / Bt709.SpanV, -224 * Bt709.Kg / Bt709.SpanV, -224 * Bt709.Kb / Bt709.SpanV),
        new(16, 128, 128));

    public Triple Of(Triple v) => new(Dot(Row0, v) + Offset.X, Dot(Row1, v) + Offset.Y, Dot(Row2, v) + Offset.Z);

    /// <summary>This map, then another.</summary>
    public ColourMatrix Then(ColourMatrix next)
    {
        var (c0, c1, c2) = (new Triple(Row0.X, Row1.X, Row2.X), new Triple(Row0.Y, Row1.Y, Row2.Y), new Triple(Row0.Z, Row1.Z, Row2.Z));
        return new ColourMatrix(Row(next.Row0), Row(next.Row1), Row(next.Row2), next.Of(Offset));

        Triple Row(Triple n) => new(Dot(n, c0), Dot(n, c1), Dot(n, c2));
    }

    private static ColourMatrix Decode()
    {
        const double Luma = 1 / 219.0;
        var (v, u) = (Bt709.SpanV / 224, Bt709.SpanU / 224);
        var (gu, gv) = (-Bt709.Kb * u / Bt709.Kg, -Bt709.Kr * v / Bt709.Kg);
        return new ColourMatrix(
            new(Luma, 0, v),
            new(Luma, gu, gv),
            new(Luma, u, 0),
            new((-16 * Luma) - (128 * v), (-16 * Luma) - (128 * (gu + gv)), (-16 * Luma) - (128 * u)));
    }

    private static double Dot(Triple a, Triple b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);
}

/// <summary>The numbers of ITU-R BT.709.</summary>
internal static class Bt709
{
    public const double Kr = 0.2126;
    public const double Kg = 0.7152;
    public const double Kb = 0.0722;

    /// <summary>2·(1 − Kb) and 2·(1 − Kr): what B − Y and R − Y are divided by.</summary>
    public const double SpanU = 1.8556;
    public const double SpanV = 1.5748;

    public static double LumaOf(Triple rgb) => (Kr * rgb.X) + (Kg * rgb.Y) + (Kb * rgb.Z);
}
