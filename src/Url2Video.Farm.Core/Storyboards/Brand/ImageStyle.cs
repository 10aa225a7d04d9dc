using System.Text.Json;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>A picture whose colours another one gets: mean and spread of its light and colours.</summary>
/// <param name="Percent">How far it goes, 0..100.</param>
public sealed record ImageStyle(VisualAsset Asset, int Percent)
{
    public const int PercentDefault = 80;

    internal static ImageStyle? Read(StrictObject visual, ReadErrors errors) => visual.Child("style", style => new ImageStyle(
        VisualReader.ReadAsset(style, "asset", "images/style.jpg", errors), style.Decimal("strength", 100, 0, 100, PercentDefault)));

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("style");
        json.Write("asset", Asset);
        json.WriteNumber("strength", Percent / 100m);
        json.WriteEndObject();
    }
}
