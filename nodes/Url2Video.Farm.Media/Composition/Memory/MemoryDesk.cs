using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What one reckoning of a shot knows: its pictures, and what has been counted already because it is shared.</summary>
internal sealed class MemoryDesk(Func<string, PictureFacts> pictures)
{
    private readonly Dictionary<object, long> _counted = [];

    public PictureFacts FactsOf(string pictureId) => pictures(pictureId);

    /// <summary>The bytes of a part that users share: those of whoever wants most of it, told as what each adds.</summary>
    /// <param name="key">As <see cref="SharedParts"/> has it.</param>
    public long Once(object key, long bytes)
    {
        var before = _counted.GetValueOrDefault(key);
        _counted[key] = Math.Max(before, bytes);
        return Math.Max(0, bytes - before);
    }

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
