namespace Url2Video.Farm.Media.Pixels;

/// <summary>How a layer's colour meets the colour under it, channel by channel (W3C Compositing and Blending, soft light after Pegtop).</summary>
public enum BlendMode
{
    Normal,
    Multiply,
    Screen,
    Overlay,
    SoftLight,
    Add,
    Darken,
    Lighten,
    Difference,
}
