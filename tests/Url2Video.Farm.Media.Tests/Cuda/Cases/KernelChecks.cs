namespace Url2Video.Farm.Media.Tests.Cuda.Cases;

/// <summary>Draws inputs, gives them to the scalar oracle and to the kernel, and tells the first difference; null when there is none.</summary>
internal delegate string? KernelCheck(Rig rig, Random random, int width, int rows);

/// <summary>One check for every kernel, by the kernel's name.</summary>
internal static class KernelChecks
{
    public static IReadOnlyDictionary<string, KernelCheck> All { get; } = new SortedDictionary<string, KernelCheck>(StringComparer.Ordinal)
    {
        ["affine"] = GradingChecks.Affine,
        ["blend"] = MixingChecks.Blend,
        ["blur_columns"] = BlurChecks.Columns,
        ["blur_rows"] = BlurChecks.Rows,
        ["cross_fade"] = MixingChecks.CrossFade,
        ["displace"] = WarpChecks.Displace,
        ["double_columns"] = SitingChecks.Double,
        ["expand"] = NodeChecks.Expand,
        ["expand_through"] = NodeChecks.ExpandThrough,
        ["finish"] = GradingChecks.Finish,
        ["gather"] = ResampleChecks.Gather,
        ["lay"] = CoverChecks.Lay,
        ["light"] = NodeChecks.Light,
        ["light_pair"] = NodeChecks.LightPair,
        ["luma_at_chroma"] = SitingChecks.LumaAtChroma,
        ["lut"] = GradingChecks.Lut,
        ["mix_by_field"] = MixingChecks.MixByField,
        ["mix_rows"] = ResampleChecks.MixRows,
        ["over"] = CoverChecks.Over,
        ["paint"] = CoverChecks.Paint,
        ["paint_disc"] = ShapeChecks.Disc,
        ["paint_glow"] = ShapeChecks.Glow,
        ["paint_quad"] = ShapeChecks.Quad,
        ["warp"] = WarpChecks.Warp,
        ["wipe"] = CoverChecks.Wipe,
    };

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>Checks rows of all widths around a word, a warp and a block, until there are enough.</summary>
    /// <returns>How many rows were the same, and the first difference if there was one.</returns>
    public static (int Rows, string? Difference) Run(Rig rig, string kernel, int seed, int rowsLeast, int rowsAtOnceMost = 12, int widthMost = 150)
    {
        var random = new Random(seed);
        for (var done = 0; ;)
        {
            var width = random.Next(3) == 0 ? 1 + random.Next(9) : 1 + random.Next(widthMost);
            var rows = 1 + random.Next(rowsAtOnceMost);
            var difference = All[kernel](rig, random, width, rows);
            rig.Clear();
            if (difference is not null)
            {
                return (done, $"{kernel}, {width} by {rows}: {difference}");
            }

            done += rows;
            if (done >= rowsLeast)
            {
                return (done, null);
            }
        }
    }
}
