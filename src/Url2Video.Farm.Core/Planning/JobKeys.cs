using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Planning;

/// <summary>
/// The key of a job: a hash of its kind, of the version of the code that does it, and of everything its result depends on.
/// Equal keys give equal bytes, so a key may be answered from an earlier result.
/// </summary>
/// <remarks>
/// With <see cref="StoryboardFacts"/> the key follows the parts of the document that the job reads, so an edit to one scene
/// leaves the others' keys alone. Without them the whole document stands in: correct, but every edit changes the key.
/// What a key does not hold is the machine: the versions of FFmpeg, x264, libass, HarfBuzz, flite and espeak-ng, the fonts and
/// the C library. Equal keys give equal bytes among nodes of one image; decision 0005 says what follows from that.
/// </remarks>
public static class JobKeys
{
    /// <summary>Raised by whoever changes what a kind of work puts out for the same input.</summary>
    public static int CodeVersion(JobKind kind) => kind switch
    {
        JobKind.Ingest => 3, // 2: ratings on a scale of five only. 3: scenes say what memory they need
        JobKind.Write => 3, // 2: planned by what the words take to say. 3: captions mark the word
        JobKind.Speak => 1,
        JobKind.Render => 3, // 2: a title over a list is its heading; three patterns of background. 3: caption looks
        JobKind.Mix => 3, // 2: half a decibel more room under the true peak; the warm bed. 3: music 12 dB down under speech, ends faded
        JobKind.Assemble => 2, // 2: the thumbnail likewise
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>False when equal keys do not give equal results outside one project: a web page changes while its address stays.</summary>
    public static bool IsShareable(JobWork work) => work is not JobWork.Ingest { Source: SourceSpec.WebPage };

    /// <param name="facts">Facts of the storyboard that the work names; null before there is one.</param>
    public static JobKey Of(JobWork work, StoryboardFacts? facts)
    {
        using var hash = new KeyHash();
        hash.Add((long)work.Kind).Add(CodeVersion(work.Kind));
        switch (work)
        {
            case JobWork.Ingest ingest:
                Add(hash, ingest.Source);
                Add(hash, ingest.Brief);
                break;
            case JobWork.Write write:
                hash.Add(write.SourceDoc);
                Add(hash, write.Brief);
                break;
            case JobWork.Speak speak:
                Document(hash, speak.Storyboard, facts);
                hash.Add(facts is null ? $"{speak.Scene}" : facts.Scenes[speak.Scene].Say);
                break;
            case JobWork.Render render:
                RenderKey.Add(hash, render, facts);
                break;
            case JobWork.Mix mix:
                Add(hash, mix, facts);
                break;
            case JobWork.Assemble assemble:
                Add(hash, assemble);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(work), work, null);
        }

        return new JobKey(hash.Finish());
    }

    /// <summary>Adds the document itself only where no facts can stand for the parts of it that matter.</summary>
    internal static void Document(KeyHash hash, ArtifactRef storyboard, StoryboardFacts? facts) => hash.Add(facts is null ? storyboard.Id.Sha256 : null);

    private static void Add(KeyHash hash, JobWork.Mix mix, StoryboardFacts? facts)
    {
        Document(hash, mix.Storyboard, facts);
        hash.Add(facts?.Mix).Add(mix.Samples);
        hash.Add(mix.Scenes.AsSpan(), static (h, s) => h.Add(s.StartSample).Add(s.Samples).Add(s.SpeechStartSample));
        hash.Add(mix.Speech.AsSpan(), Speech);

        // Frames are not heard: only where the packets are cut, and the number each segment carries.
        hash.Add(mix.Segments.AsSpan(), static (h, s) => h.Add(s.Index).Add(s.FirstPacket).Add(s.Packets));
        if (mix.KeepsTrack)
        {
            hash.Add("track");
        }

        Measured(hash, mix.Quality, "measured/1");
    }

    // The storyboard is one of the files put out, so all of it counts.
    private static void Add(KeyHash hash, JobWork.Assemble assemble)
    {
        hash.Add(assemble.Storyboard).Add((long)assemble.Formats).Add(assemble.Fps);
        hash.Add(assemble.Scenes.AsSpan(), static (h, s) =>
            h.Add(s.Index).Add(s.StartSample).Add(s.Samples).Add(s.StartFrame).Add(s.Frames).Add(s.TransitionFrames).Add(s.SpeechStartSample));
        hash.Add(assemble.Speech.AsSpan(), Speech);
        Rendition(hash, assemble.Video);
        Rendition(hash, assemble.Audio);
        if (assemble.Sources is { } sources)
        {
            hash.Add(sources.Renditions.AsSpan(), static (h, r) =>
            {
                h.Add(r.Rung.Name).Add((long)r.Rung.Codec);
                Rendition(h, r.Files);
            });
            hash.Add(sources.Track?.Id.Sha256);
        }

        if (assemble.Quality is { } quality)
        {
            hash.Add("quality/2").Add((long)quality.Mode).Add(quality.ShortSideMin).Add(quality.Frames).Add(quality.Samples);
            hash.Add(quality.Pictures.AsSpan(), static (h, p) => h.Add(p));
            hash.Add(quality.Sound?.Id.Sha256).Add(quality.LoudnessLufsTenths).Add(quality.TruePeakDbTenths);
        }
    }

    /// <summary>A gate wants measures, which results from before there was a judge do not have. Elsewhere those are good enough: the pictures are the same.</summary>
    /// <param name="version">Of what is measured; raised with the files of measures.</param>
    internal static void Measured(KeyHash hash, QualityMode mode, string version)
    {
        if (mode == QualityMode.Gate)
        {
            hash.Add(version);
        }
    }

    private static void Rendition(KeyHash hash, RenditionFiles files) =>
        hash.Add(files.Init).Add(files.Segments.AsSpan(), static (h, f) => h.Add(f));

    private static void Speech(KeyHash hash, SceneSpeech? speech)
    {
        hash.Add(speech?.Samples);
        if (speech is not null)
        {
            hash.Add(speech.Pcm).Add(speech.Words);
        }
    }

    private static void Add(KeyHash hash, SourceSpec source)
    {
        switch (source)
        {
            case SourceSpec.WebPage page:
                hash.Add("page").Add(page.Url).Add(page.AllowPrivateAddresses);
                break;
            case SourceSpec.PageBundle bundle:
                hash.Add("bundle").Add(bundle.Entry).Add(bundle.Files.AsSpan(), static (h, f) => h.Add(f.Path).Add(f.Artifact));
                break;
            case SourceSpec.PlainText text:
                hash.Add("text").Add(text.Text);
                break;
            case SourceSpec.StoryboardBundle board:
                hash.Add("storyboard").Add(board.Entry).Add(board.Files.AsSpan(), static (h, f) => h.Add(f.Path).Add(f.Artifact));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(source), source, null);
        }
    }

    private static void Add(KeyHash hash, Brief brief) => hash
        .Add(brief.Width).Add(brief.Height).Add(brief.Fps)
        .Add(brief.SecondsTarget).Add(brief.Voice).Add(brief.Language)
        .Add(brief.LoudnessLufsTenths).Add(brief.Music).Add((long)brief.Captions).Add(unchecked((long)brief.Seed))
        .Add((long)brief.Explicit);
}
