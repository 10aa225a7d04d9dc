using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Packaging.TrickPlay;

namespace Url2Video.Farm.Core.Publishing;

/// <summary>The playlists and manifests of a state, in the order in which they must appear: what is named comes first.</summary>
internal static class PublishTexts
{
    public static IEnumerable<(string Path, string Text)> Write(PublishState state)
    {
        var view = View(state);
        if (view.TrickPlay?.Thumbnails is { } small)
        {
            yield return (PackageLayout.ThumbnailCues, ThumbnailCues.Write(view, small));
        }

        if (state.Spec.Formats.HasFlag(OutputFormats.Hls))
        {
            var target = Rendition.TargetSeconds(view.Plan);
            foreach (var rendition in view.Video.Append(view.Audio))
            {
                yield return (PackageLayout.HlsMedia(rendition.Name), HlsMediaPlaylist.Write(rendition, target, state.HasAll));
            }

            if (view.HasCaptions)
            {
                yield return (PackageLayout.HlsCaptions, HlsMediaPlaylist.WriteCaptions(view.Plan));
            }

            foreach (var list in TrickPlay(view))
            {
                yield return list;
            }

            yield return (PackageLayout.HlsMaster, HlsMasterPlaylist.Write(view));
        }

        // A static manifest of half a film would end playback there, and a dynamic one promises a live edge that a render
        // slower than the film cannot keep: while growing, HLS is the way to watch.
        if (state.HasAll && state.Spec.Formats.HasFlag(OutputFormats.Dash))
        {
            yield return (PackageLayout.DashManifest, DashManifest.Write(view));
        }
    }

    private static IEnumerable<(string Path, string Text)> TrickPlay(PackageView view)
    {
        if (view.TrickPlay?.IFrames is { } track)
        {
            yield return (PackageLayout.HlsMedia(PackageLayout.IFrames), HlsTrickPlay.IFrames(view, track));
        }

        if (view.TrickPlay?.Thumbnails is { } small)
        {
            yield return (PackageLayout.HlsMedia(PackageLayout.Thumbnails), HlsTrickPlay.Thumbnails(view, small));
        }
    }

    private static PackageView View(PublishState state)
    {
        var (plan, audio) = (state.Spec.Plan, state.Audio!);
        return new PackageView(
            plan,
            [.. state.Rungs.Select(r => Rendition.OfVideo(plan, r.Name, r.Codecs, r.SegmentBytes))],
            Rendition.OfAudio(plan, audio.Codecs, [.. audio.Segments.Take(state.AudioSegmentsOut).Select(s => s.File.Bytes)]),
            state.Spec.Language,
            state.Spec.Channels,
            state.Spec.Title,
            state.Spec.HasCaptions && state.HasAll)
        {
            TrickPlay = state.HasAll ? state.TrickPlay : null,
        };
    }
}
