using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What one reckoning of a shot knows: its pictures, and what has been counted already because it is shared.</summary>
internal sealed class MemoryDesk(Func<string, PictureFacts> pictures)
{
    private readonly HashSet<object> _counted = [];

    public PictureFacts FactsOf(string pictureId) => pictures(pictureId);

    /// <summary>The bytes of a part that users share: those of the first one.</summary>
    /// <param name="key">As <see cref="SharedParts"/> has it.</param>
    public long Once(object key, long bytes) => _counted.Add(key) ? bytes : 0;

    /// <summary>While a picture is opened: what decodes it, and it, and what holes take until they are filled.</summary>
    public static long Opened(PictureFacts facts)
    {
        var plane = facts.HasOpacity ? Plane8.BytesOf(facts.Width, facts.Height) : 0;
        return Math.Max(facts.DecodeBytes, plane * 5 / 4) + plane + YuvImage.BytesOf(facts.Width, facts.Height);
    }

    /// <summary>Likewise, with the picture whose colours it gets.</summary>
    public long Opened(PictureFacts facts, PictureStyle? style) => style is null
        ? Opened(facts)
        : Math.Max(Opened(facts), YuvImage.BytesOf(facts.Width, facts.Height) + Opened(FactsOf(style.PictureId)) + ShotMemory.ToolBytes);
}
