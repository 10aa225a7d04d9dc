namespace Url2Video.Farm.Media.Composition;

/// <summary>How large a layer is at scale 1, 32.32 pixels of the frame.</summary>
internal readonly record struct LayerSize(long WidthQ32, long HeightQ32)
{
    /// <summary>The largest size of a picture's shape in this one.</summary>
    public LayerSize Inside(int width, int height) => (Int128)width * HeightQ32 > (Int128)height * WidthQ32
        ? this with { HeightQ32 = (long)((Int128)WidthQ32 * height / width) }
        : this with { WidthQ32 = (long)((Int128)HeightQ32 * width / height) };
}
