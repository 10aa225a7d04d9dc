namespace Url2Video.Farm.Media.Text;

/// <summary>Where lines lie in the width of their block.</summary>
public enum LineAlign
{
    Left,
    Centre,
    Right,
}
