using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Packaging.TrickPlay;

/// <summary>What a film has beside it to wind and seek by: everything that its package can name, unless the order leaves it out.</summary>
public static class TrickPlayWishes
{
    public static TrickPlayKinds WantedOf(ProjectRequest request)
    {
        // I-frame playlists are of HLS; DASH names the sheets only.
        var named = request.Formats.HasFlag(OutputFormats.Hls) ? TrickPlayKinds.All
            : request.Formats.HasFlag(OutputFormats.Dash) ? TrickPlayKinds.Thumbnails
            : TrickPlayKinds.None;
        return named & ~(request.Encoding?.WithoutTrickPlay ?? TrickPlayKinds.None);
    }
}
