using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging.TrickPlay;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Node.Work.TrickPlay;

/// <summary>
/// Makes what a film is wound and sought by from its smallest rendition, which is read once for all of it. Memory does not grow with the
/// length: pictures go into the encoder and onto the sheet as they come.
/// </summary>
internal static class TrickPlayMaker
{
    public static async Task<TrickPlayFiles> MakeAsync(JobSpec job, TrickPlayWork work, Rational fps, WorkContext context)
    {
        var folder = Directory.CreateDirectory(Path.Combine(context.ScratchDir, "trick-play")).FullName;
        var track = Path.Combine(folder, "iframes.mp4");
        var (file, sheets, size) = MediaFaults.Guard(job, () => Make(work, fps, folder, track, context));
        if (file is not null)
        {
            file = file with { File = await context.Artifacts.AdoptAsync(track, context.Cancellation).ConfigureAwait(false) };
        }

        var stored = ImmutableArray.CreateBuilder<ArtifactRef>(sheets.Count);
        foreach (var sheet in sheets)
        {
            stored.Add(await context.Artifacts.AdoptAsync(sheet, context.Cancellation).ConfigureAwait(false));
        }

        return new TrickPlayFiles(file, sheets.Count == 0 ? null : new ThumbnailFiles(size.Width, size.Height, stored.MoveToImmutable()));
    }

    private static (IFrameFile? Track, IReadOnlyList<string> Sheets, (int Width, int Height) Size) Make(
        TrickPlayWork work, Rational fps, string folder, string track, WorkContext context)
    {
        var rung = work.Rung;
        using var pictures = work.Kinds.HasFlag(TrickPlayKinds.IFrames) ? new IFrameWriter(rung, work.Frames, fps, track) : null;
        using var sheets = work.Kinds.HasFlag(TrickPlayKinds.Thumbnails) ? new SheetWriter(rung.Width, rung.Height, folder) : null;
        var wound = pictures is null ? [] : Numbers(IFrameGrid.Count(work.Frames, fps), i => IFrameGrid.FrameOf(i, fps));
        var small = sheets is null ? [] : Numbers(ThumbnailGrid.Count(work.Frames, fps), i => ThumbnailGrid.FrameOf(i, work.Frames, fps));
        List<string> files = [context.Artifacts.PathOf(work.Files.Init), .. work.Files.Segments.Select(context.Artifacts.PathOf)];
        RungPictures.Read(files, (rung.Width, rung.Height), (fps.Numerator, fps.Denominator), wound.Union(small).ToHashSet(), Take);
        return (pictures?.Finish(), sheets?.Finish() ?? [], sheets is null ? default : (sheets.Width, sheets.Height));

        void Take(YuvImage picture, long frame)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (wound.Contains(frame))
            {
                pictures!.Add(picture);
            }

            if (small.Contains(frame))
            {
                sheets!.Add(picture);
            }
        }
    }

    private static HashSet<long> Numbers(int count, Func<int, long> frameOf) => [.. Enumerable.Range(0, count).Select(frameOf)];
}
