using System.Runtime.Intrinsics;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>The formulas of <see cref="BlendMode"/>, each as a type, so that a loop is compiled for every one of them.</summary>
internal static class BlendFormulas
{
    /// <summary>The layer itself.</summary>
    internal readonly struct Normal : IBlendFormula
    {
        public static int Of(int below, int layer) => layer;

        public static Vector128<ushort> Of(Vector128<ushort> below, Vector128<ushort> layer) => layer;

        public static Vector256<ushort> Of(Vector256<ushort> below, Vector256<ushort> layer) => layer;
    }

    /// <summary>Darkens: white changes nothing, black stays black.</summary>
    internal readonly struct Multiply : IBlendFormula
    {
        public static int Of(int below, int layer) => BlendMath.Mul(below, layer);

        public static Vector128<ushort> Of(Vector128<ushort> below, Vector128<ushort> layer) => BlendMath.Mul(below, layer);

        public static Vector256<ushort> Of(Vector256<ushort> below, Vector256<ushort> layer) => BlendMath.Mul(below, layer);
    }

    /// <summary>Lightens: black changes nothing, white stays white.</summary>
    internal readonly struct Screen : IBlendFormula
    {
        public static int Of(int below, int layer) => below + layer - BlendMath.Mul(below, layer);

        public static Vector128<ushort> Of(Vector128<ushort> below, Vector128<ushort> layer) => below + layer - BlendMath.Mul(below, layer);

        public static Vector256<ushort> Of(Vector256<ushort> below, Vector256<ushort> layer) => below + layer - BlendMath.Mul(below, layer);
    }

    /// <summary>Multiplies what is dark below and screens what is light: the layer's contrast in the picture's tones.</summary>
    internal readonly struct Overlay : IBlendFormula
    {
        public static int Of(int below, int layer) => below < 128 ? 2 * BlendMath.Mul(below, layer) : 255 - (2 * BlendMath.Mul(255 - below, 255 - layer));

        public static Vector128<ushort> Of(Vector128<ushort> below, Vector128<ushort> layer) => Vector128.ConditionalSelect(
                Vector128.LessThan(below, Vector128.Create((ushort)128)),
                BlendMath.Mul(below, layer) * 2,
                BlendMath.Full128 - (BlendMath.Mul(BlendMath.Full128 - below, BlendMath.Full128 - layer) * 2));

        public static Vector256<ushort> Of(Vector256<ushort> below, Vector256<ushort> layer) => Vector256.ConditionalSelect(
                Vector256.LessThan(below, Vector256.Create((ushort)128)),
                BlendMath.Mul(below, layer) * 2,
                BlendMath.Full256 - (BlendMath.Mul(BlendMath.Full256 - below, BlendMath.Full256 - layer) * 2));
    }

    /// <summary>Pegtop's soft light, (1 − 2b)a² + 2ab: smooth everywhere, grey changes nothing.</summary>
    internal readonly struct SoftLight : IBlendFormula
    {
        public static int Of(int below, int layer) => BlendMath.Mul(255 - below, BlendMath.Mul(below, layer))
            + BlendMath.Mul(below, below + layer - BlendMath.Mul(below, layer));

        public static Vector128<ushort> Of(Vector128<ushort> below, Vector128<ushort> layer) => BlendMath.Mul(BlendMath.Full128 - below, BlendMath.Mul(below, layer))
            + BlendMath.Mul(below, below + layer - BlendMath.Mul(below, layer));

        public static Vector256<ushort> Of(Vector256<ushort> below, Vector256<ushort> layer) => BlendMath.Mul(BlendMath.Full256 - below, BlendMath.Mul(below, layer))
            + BlendMath.Mul(below, below + layer - BlendMath.Mul(below, layer));
    }

    /// <summary>Light on light.</summary>
    internal readonly struct Add : IBlendFormula
    {
        public static int Of(int below, int layer) => Math.Min(below + layer, 255);

        public static Vector128<ushort> Of(Vector128<ushort> below, Vector128<ushort> layer) => Vector128.Min(below + layer, BlendMath.Full128);

        public static Vector256<ushort> Of(Vector256<ushort> below, Vector256<ushort> layer) => Vector256.Min(below + layer, BlendMath.Full256);
    }

    /// <summary>The darker of both.</summary>
    internal readonly struct Darken : IBlendFormula
    {
        public static int Of(int below, int layer) => Math.Min(below, layer);

        public static Vector128<ushort> Of(Vector128<ushort> below, Vector128<ushort> layer) => Vector128.Min(below, layer);

        public static Vector256<ushort> Of(Vector256<ushort> below, Vector256<ushort> layer) => Vector256.Min(below, layer);
    }

    /// <summary>The lighter of both.</summary>
    internal readonly struct Lighten : IBlendFormula
    {
        public static int Of(int below, int layer) => Math.Max(below, layer);

        public static Vector128<ushort> Of(Vector128<ushort> below, Vector128<ushort> layer) => Vector128.Max(below, layer);

        public static Vector256<ushort> Of(Vector256<ushort> below, Vector256<ushort> layer) => Vector256.Max(below, layer);
    }

    /// <summary>How far they are apart.</summary>
    internal readonly struct Difference : IBlendFormula
    {
        public static int Of(int below, int layer) => Math.Abs(below - layer);

        public static Vector128<ushort> Of(Vector128<ushort> below, Vector128<ushort> layer) => Vector128.Max(below, layer) - Vector128.Min(below, layer);

        public static Vector256<ushort> Of(Vector256<ushort> below, Vector256<ushort> layer) => Vector256.Max(below, layer) - Vector256.Min(below, layer);
    }
}
