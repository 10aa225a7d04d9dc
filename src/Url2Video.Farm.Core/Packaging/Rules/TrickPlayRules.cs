using System.Globalization;
using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Rule 11: playlists of single pictures, for seeking: I-frames of the film, or images of their own. Each is looked at once.</summary>
internal sealed class TrickPlayRules(LintContext context, MediaPlaylistRules playlists)
{
    private readonly HashSet<string> _checked = [];

    public void CheckIFrames(string path)
    {
        if (!_checked.Add(path) || playlists.Read(path) is not { } text)
        {
            return;
        }

        context.Require(text.Has("#EXT-X-I-FRAMES-ONLY"), LintRules.IFramesOnly, path, "lacks EXT-X-I-FRAMES-ONLY");
        if (!context.IsWithin(text.Names, Limits.LintSegmentsMax, path, "pictures"))
        {
            return;
        }

        if (MediaPlaylistRules.EncryptionOf(text) is { } method)
        {
            context.Report(LintRules.NotJudged, path, $"names pictures that are encrypted with {method}", "media in the clear");
            return;
        }

        try
        {
            CheckPictures(path, text);
        }
        catch (LintSpentException e)
        {
            context.Report(LintRules.TooMuch, path, e.Message, "what one package has");
        }
    }

    private void CheckPictures(string path, HlsText text)
    {
        (long Bytes, long Offset)? range = null;
        var (isRanged, next) = (false, 0L);
        foreach (var line in text.Lines)
        {
            if (line.StartsWith("#EXT-X-BYTERANGE:", StringComparison.Ordinal))
            {
                (isRanged, range) = (true, Range(line["#EXT-X-BYTERANGE:".Length..], next));
                context.Require(range is not null, LintRules.IFramesOnly, path, $"has a range that cannot be read: {line}");
                next = range is { } r ? r.Offset + r.Bytes : next;
            }
            else if (line[0] != '#')
            {
                if ((!isRanged || range is not null) && context.Find(path, line) is { } file && context.ReadPart(file) is { } bytes
                    && !CheckRange(path, file, bytes.Span, range?.Bytes ?? bytes.Length, range?.Offset ?? 0))
                {
                    return;
                }

                (isRanged, range) = (false, null);
            }
        }
    }

    /// <summary>Images of their own, one or many in a file, as players of seek bars take them.</summary>
    public void CheckImages(string path)
    {
        if (!_checked.Add(path) || playlists.Read(path) is not { } text)
        {
            return;
        }

        context.Require(text.Has("#EXT-X-IMAGES-ONLY"), LintRules.Images, path, "lacks EXT-X-IMAGES-ONLY");
        if (!context.IsWithin(text.Names, Limits.LintSegmentsMax, path, "images"))
        {
            return;
        }

        foreach (var uri in text.Lines.Where(l => l[0] != '#'))
        {
            if (context.Find(path, uri) is { } file && context.ReadPart(file) is { } bytes)
            {
                context.Require(IsImage(bytes.Span), LintRules.Images, file, "is neither a JPEG nor a PNG");
            }
        }
    }

    /// <summary>Whether the file starts as a JPEG or a PNG does.</summary>
    public static bool IsImage(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xD8, 0xFF, ..] or [0x89, (byte)'P', (byte)'N', (byte)'G', ..];

    // A player asks for the range alone: it must hold a moof and all that this moof describes. False when the rest needs no look.
    private bool CheckRange(string path, string file, ReadOnlySpan<byte> bytes, long count, long offset)
    {
        const int TransportStream = 0x47;
        if (offset + count > bytes.Length || count < 1)
        {
            context.Report(LintRules.IFramesOnly, path, $"names {count} bytes at {offset} of {file}, which has {bytes.Length}");
            return true;
        }

        var part = bytes.Slice((int)offset, (int)count);
        if (part[0] == TransportStream)
        {
            context.Report(LintRules.NotJudged, path, "names pictures in MPEG-TS", "fragmented MP4");
            return false;
        }

        context.Require(IsWholeFragment(part), LintRules.IFramesOnly, path, $"names {count} bytes at {offset} of {file}, which are not one moof with its mdat");
        return true;
    }

    // What may stand before a fragment may: a segment's type, its index, events.
    private bool IsWholeFragment(ReadOnlySpan<byte> part)
    {
        try
        {
            var reader = new BoxReader(part);
            var (wanted, last) = ("moof", "");
            for (var count = 0; count < Limits.LintBoxesMax && IsoBoxes.TryNext(ref reader, out var type, out _); count++)
            {
                context.Budget.TakeBox();
                if (type == wanted)
                {
                    wanted = wanted == "moof" ? "mdat" : "";
                }
                else if (wanted != "moof" || type is not ("styp" or "sidx" or "prft" or "emsg" or "free"))
                {
                    return false;
                }

                last = type;
            }

            return wanted.Length == 0 && last == "mdat" && reader.IsAtEnd;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static (long Bytes, long Offset)? Range(string text, long next)
    {
        var parts = text.Split('@');
        var (hasBytes, hasOffset) = (Number(parts[0], out var bytes), Number(parts[^1], out var offset));
        return hasBytes && hasOffset && parts.Length <= 2 ? (bytes, parts.Length == 1 ? next : offset) : null;
    }

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
