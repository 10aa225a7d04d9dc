using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Outputs;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Node.Work;

/// <summary>
/// Makes the files of a film in its scratch folder. Pictures are joined from what the farm encoded in chunks, never encoded again; only a GIF is, because its one
/// palette is of the whole film. Sound is coded here once, for as many files as want it.
/// </summary>
internal sealed class FileMaker(JobWork.Assemble work, WorkContext context)
{
    private readonly Dictionary<SoundCodec, string> _sounds = [];

    private ImmutableArray<FileRendition> Renditions => work.Sources?.Renditions ?? [];

    /// <returns>The path of the file.</returns>
    public string Make(FormatInfo format) => format switch
    {
        { Flag: OutputFormats.Gif } => Gif(format),
        { Flag: OutputFormats.Png } => Archive(format),
        { Pictures: PictureSource.Rung } => Join(format),
        { Sound: SoundCodec.Aac } => Remuxed([], PathsOf(work.Audio), format, ContainerFormat.M4a),
        { Sound: var sound } => Renamed(Sound(sound), format),
    };

    private string Join(FormatInfo format)
    {
        var sound = format.Sound == SoundCodec.Aac ? PathsOf(work.Audio) : [Sound(format.Sound)];
        return Remuxed(PathsOf(PicturesOf(format)), sound, format, ContainerOf(format));
    }

    private string Gif(FormatInfo format)
    {
        var rung = Renditions.FirstOrDefault(r => r.Rung.Codec == VideoCodec.H264);
        var (files, size) = rung is null
            ? throw new InvalidOperationException("The plan has no rendition for a GIF.")
            : (rung.Files, (rung.Rung.Width, rung.Rung.Height));
        var path = PathOf(format);
        var options = new GifOptions(size.Width, size.Height, (int)work.Fps.Numerator, (int)work.Fps.Denominator, Limits.GifSideMax, Limits.GifFramesPerSecondMax);
        GifMaker.Make(PathsOf(files), path, options);
        return path;
    }

    private string Archive(FormatInfo format)
    {
        var path = PathOf(format);
        PictureArchive.Write(PathsOf(PicturesOf(format)), path);
        return path;
    }

    private string Remuxed(List<string> pictures, List<string> sound, FormatInfo format, ContainerFormat container)
    {
        var path = PathOf(format);
        Remuxer.Remux(pictures, sound, path, container);
        return path;
    }

    private RenditionFiles PicturesOf(FormatInfo format) =>
        format.Codec == VideoCodec.H264 ? work.Video : Renditions.First(r => r.Rung.Codec == format.Codec).Files;

    private string Sound(SoundCodec codec)
    {
        if (_sounds.TryGetValue(codec, out var made))
        {
            return made;
        }

        var track = context.Artifacts.PathOf(work.Sources?.Track ?? throw new InvalidOperationException("The sound without loss was not kept."));
        var path = Path.Combine(context.ScratchDir, $"sound-{codec}");
        switch (codec)
        {
            case SoundCodec.Flac:
                File.Copy(track, path); // The store's own file stays the store's.
                break;
            case SoundCodec.Pcm16 or SoundCodec.Pcm24:
                Wav(track, path, codec == SoundCodec.Pcm16 ? 16 : 24);
                break;
            default:
                Coded(track, path, codec == SoundCodec.Opus ? SoundFileKind.OpusWebM : SoundFileKind.Mp3);
                break;
        }

        return _sounds[codec] = path;
    }

    private void Wav(string track, string path, int bits)
    {
        using var writer = new WavWriter(path, channels: 2, bits);
        LosslessTrack.Read(track, samples => Write(samples, writer.Write));
        writer.Finish();
    }

    private void Coded(string track, string path, SoundFileKind kind)
    {
        using var encoder = SoundFileEncoder.Create(kind, path);
        LosslessTrack.Read(track, samples => Write(samples, encoder.Write));
        encoder.Finish();
    }

    private void Write(ReadOnlySpan<float> samples, AudioGraph.SampleSink sink)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        sink(samples);
    }

    // Another file may still be made from the same sound.
    private string Renamed(string sound, FormatInfo format)
    {
        var path = PathOf(format);
        File.Copy(sound, path);
        return path;
    }

    private string PathOf(FormatInfo format) => Path.Combine(context.ScratchDir, format.FileName!);

    private List<string> PathsOf(RenditionFiles files) => [context.Artifacts.PathOf(files.Init), .. files.Segments.Select(context.Artifacts.PathOf)];

    private static ContainerFormat ContainerOf(FormatInfo format) => format.Flag switch
    {
        OutputFormats.Mov or OutputFormats.ProRes or OutputFormats.ProRes4444 => ContainerFormat.Mov,
        OutputFormats.WebM or OutputFormats.WebMAv1 => ContainerFormat.WebM,
        OutputFormats.Avi => ContainerFormat.Avi,
        _ => ContainerFormat.Mp4,
    };
}
