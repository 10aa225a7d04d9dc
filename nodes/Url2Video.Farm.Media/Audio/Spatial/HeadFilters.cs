namespace Url2Video.Farm.Media.Audio.Spatial;

/// <summary>The filters of one mix: a measured head where one is installed, the plain panner otherwise. Each place is made once.</summary>
public sealed class HeadFilters
{
    /// <summary>A film of more places makes them again.</summary>
    private const int KeptMax = 256;
    private readonly Dictionary<SoundPosition, HeadFilter> _kept = [];

    /// <summary>False: places are heard by level and time between the ears alone, and above and behind not at all.</summary>
    public static bool HasMeasuredHead => SofaHead.IsHere;

    internal HeadFilter Of(SoundPosition position)
    {
        if (_kept.TryGetValue(position, out var filter))
        {
            return filter;
        }

        if (_kept.Count == KeptMax)
        {
            _kept.Clear();
        }

        return _kept[position] = SofaHead.Of(position) ?? PanFilter.Of(position);
    }
}
