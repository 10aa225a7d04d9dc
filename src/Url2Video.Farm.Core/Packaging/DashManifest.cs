using System.Globalization;
using System.Text;
using System.Xml;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging.TrickPlay;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Packaging;

/// <summary>The static MPEG-DASH manifest (ISO/IEC 23009-1) of a complete film: explicit segment timelines over the files that HLS names too.</summary>
public static class DashManifest
{
    private const string Namespace = "urn:mpeg:dash:schema:mpd:2011";
    private const string Profiles = "urn:mpeg:dash:profile:isoff-live:2011,urn:mpeg:dash:profile:cmaf:2019";

    public static string Write(PackageView view)
    {
        var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };
        using (var xml = XmlWriter.Create(bytes, settings))
        {
            Presentation(xml, view);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n";
    }

    private static void Presentation(XmlWriter xml, PackageView view)
    {
        var longest = view.Video[0].Segments.Max(s => s.Ticks);
        var timescale = view.Video[0].Timescale;
        xml.WriteStartElement("MPD", Namespace);
        xml.WriteAttributeString("profiles", Profiles);
        xml.WriteAttributeString("type", "static");
        xml.WriteAttributeString("mediaPresentationDuration", Duration(view.Plan.Frames * view.Plan.Fps.Denominator, view.Plan.Fps.Numerator));
        xml.WriteAttributeString("maxSegmentDuration", Duration(longest, timescale));
        xml.WriteAttributeString("minBufferTime", Duration(2 * longest, timescale));
        xml.WriteStartElement("ProgramInformation", Namespace);
        xml.WriteElementString("Title", Namespace, XmlText(view.Title));
        xml.WriteEndElement();
        xml.WriteStartElement("Period", Namespace);
        xml.WriteAttributeString("id", "0");
        xml.WriteAttributeString("start", "PT0S");
        foreach (var codec in view.Plan.Streamed.Select(r => r.Codec).Distinct())
        {
            Video(xml, view, codec);
        }

        Audio(xml, view);
        if (view.HasCaptions)
        {
            Captions(xml, view);
        }

        if (view.TrickPlay?.Thumbnails is { } small)
        {
            Thumbnails(xml, view, small);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // A set of its own for each codec: within a set a player may switch at any segment, and no decoder changes its codec under way.
    private static void Video(XmlWriter xml, PackageView view, VideoCodec codec)
    {
        const int FirstIdOfOthers = 10;
        var plan = view.Plan;
        var par = new Rational(plan.Width, plan.Height);
        var rungs = Enumerable.Range(0, view.Video.Count).Where(i => plan.Ladder[i].Codec == codec).ToList();
        StartSet(xml, Number(codec == VideoCodec.H264 ? 0 : FirstIdOfOthers + (int)codec), "video", "video/mp4", null);
        xml.WriteAttributeString("par", $"{par.Numerator}:{par.Denominator}");
        xml.WriteAttributeString("maxWidth", Number(plan.Ladder[rungs[0]].Width));
        xml.WriteAttributeString("maxHeight", Number(plan.Ladder[rungs[0]].Height));
        xml.WriteAttributeString("frameRate", plan.Fps.ToString());
        Role(xml, "main");
        Timeline(xml, view.Video[rungs[0]]);
        foreach (var index in rungs)
        {
            StartRepresentation(xml, view, view.Video[index]);
            xml.WriteAttributeString("width", Number(plan.Ladder[index].Width));
            xml.WriteAttributeString("height", Number(plan.Ladder[index].Height));
            xml.WriteAttributeString("sar", "1:1");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Audio(XmlWriter xml, PackageView view)
    {
        StartSet(xml, "1", "audio", "audio/mp4", view.Language);
        xml.WriteStartElement("AudioChannelConfiguration", Namespace);
        xml.WriteAttributeString("schemeIdUri", "urn:mpeg:dash:23003:3:audio_channel_configuration:2011");
        xml.WriteAttributeString("value", Number(view.Channels));
        xml.WriteEndElement();
        Role(xml, "main");
        Timeline(xml, view.Audio);
        StartRepresentation(xml, view, view.Audio);
        xml.WriteAttributeString("audioSamplingRate", Number(SampleClock.SamplesPerSecond));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Captions(XmlWriter xml, PackageView view)
    {
        StartSet(xml, "2", "text", "text/vtt", view.Language);
        Role(xml, "subtitle");
        xml.WriteStartElement("Representation", Namespace);
        xml.WriteAttributeString("id", "captions");
        xml.WriteAttributeString("bandwidth", "1000");
        xml.WriteElementString("BaseURL", Namespace, PackageLayout.FromManifest(PackageLayout.CaptionsFile));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // DASH-IF IOP 4.3 section 6.2.6: every segment is a sheet; how it is divided stands in the property.
    private static void Thumbnails(XmlWriter xml, PackageView view, ThumbnailFiles small)
    {
        StartSet(xml, "3", "image", "image/jpeg", null);
        xml.WriteStartElement("SegmentTemplate", Namespace);
        xml.WriteAttributeString("media", PackageLayout.DashSheetTemplate);
        xml.WriteAttributeString("duration", Number(ThumbnailGrid.SheetSeconds));
        xml.WriteAttributeString("startNumber", "1");
        xml.WriteEndElement();
        xml.WriteStartElement("Representation", Namespace);
        xml.WriteAttributeString("id", PackageLayout.Thumbnails);
        xml.WriteAttributeString("bandwidth", Number(ThumbnailTrack.RateOf(view, small).Peak));
        xml.WriteAttributeString("width", Number(small.Width * ThumbnailGrid.Columns));
        xml.WriteAttributeString("height", Number(small.Height * ThumbnailGrid.Rows));
        xml.WriteStartElement("EssentialProperty", Namespace);
        xml.WriteAttributeString("schemeIdUri", "http://dashif.org/guidelines/thumbnail_tile");
        xml.WriteAttributeString("value", $"{ThumbnailGrid.Columns}x{ThumbnailGrid.Rows}");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void StartSet(XmlWriter xml, string id, string contentType, string mimeType, string? language)
    {
        xml.WriteStartElement("AdaptationSet", Namespace);
        xml.WriteAttributeString("id", id);
        xml.WriteAttributeString("contentType", contentType);
        xml.WriteAttributeString("mimeType", mimeType);
        if (language is not null)
        {
            xml.WriteAttributeString("lang", LanguageTag.Clean(language));
        }

        if (contentType is "video" or "audio")
        {
            xml.WriteAttributeString("segmentAlignment", "true");
            xml.WriteAttributeString("startWithSAP", "1");
        }
    }

    private static void StartRepresentation(XmlWriter xml, PackageView view, Rendition rendition)
    {
        xml.WriteStartElement("Representation", Namespace);
        xml.WriteAttributeString("id", rendition.Name);
        xml.WriteAttributeString("bandwidth", Number(BitRate.Measure(rendition, Rendition.TargetSeconds(view.Plan)).Peak));
        xml.WriteAttributeString("codecs", rendition.Codecs);
    }

    private static void Role(XmlWriter xml, string value)
    {
        xml.WriteStartElement("Role", Namespace);
        xml.WriteAttributeString("schemeIdUri", "urn:mpeg:dash:role:2011");
        xml.WriteAttributeString("value", value);
        xml.WriteEndElement();
    }

    // All rungs share their boundaries, so one timeline stands for the set.
    private static void Timeline(XmlWriter xml, Rendition rendition)
    {
        xml.WriteStartElement("SegmentTemplate", Namespace);
        xml.WriteAttributeString("timescale", Number(rendition.Timescale));
        xml.WriteAttributeString("initialization", PackageLayout.DashInitTemplate);
        xml.WriteAttributeString("media", PackageLayout.DashSegmentTemplate);
        xml.WriteAttributeString("startNumber", "1");
        xml.WriteStartElement("SegmentTimeline", Namespace);
        var start = 0L;
        for (var index = 0; index < rendition.Segments.Length;)
        {
            var ticks = rendition.Segments[index].Ticks;
            var run = 1;
            while (index + run < rendition.Segments.Length && rendition.Segments[index + run].Ticks == ticks)
            {
                run++;
            }

            xml.WriteStartElement("S", Namespace);
            xml.WriteAttributeString("t", Number(start));
            xml.WriteAttributeString("d", Number(ticks));
            if (run > 1)
            {
                xml.WriteAttributeString("r", Number(run - 1));
            }

            xml.WriteEndElement();
            start += run * ticks;
            index += run;
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // Rounded up to a microsecond: a duration that is too short costs the last frame in dash.js.
    private static string Duration(long ticks, long timescale)
    {
        var micros = (long)(((Int128)ticks * 1_000_000 + timescale - 1) / timescale);
        var seconds = (micros / 1_000_000m).ToString("0.######", CultureInfo.InvariantCulture);
        return $"PT{seconds}S";
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    // XML has no way to write most control characters, nor half of a surrogate pair.
    private static string XmlText(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isAllowed = rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value);
            clean.Append(isAllowed ? rune : Rune.ReplacementChar);
        }

        return clean.ToString();
    }
}
