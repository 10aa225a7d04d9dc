using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Orders;

/// <summary>The <c>source</c> of an order: an address as a text, or an object with exactly one of url, text, storyboard, upload and entry.</summary>
internal static class SourceJson
{
    private const string Kinds = "url, text, storyboard, upload, or entry with files";
    private const int UploadCharsMax = 160;

    private static readonly string[] Ways = ["url", "text", "storyboard", "upload", "entry"];

    public static RequestedSource? Read(StrictObject root, ReadErrors errors)
    {
        if (!root.TryRequire("source", out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return Page(StrictValue.Text(value, "/source", 1, Limits.UrlCharsMax, errors), "/source", errors);
        }

        var source = new StrictObject(value, "/source", errors);
        var read = source.IsObject ? ReadObject(source, errors) : null;
        if (source.IsObject)
        {
            source.Finish();
        }

        return read;
    }

    private static RequestedSource? ReadObject(StrictObject source, ReadErrors errors)
    {
        string[] named = [.. Ways.Where(n => source.TryGet(n, out _))];
        var files = source.List("files", 0, Limits.FilesPerBundleMax, (v, p) => ReadFile(v, p, errors));
        var name = source.OptionalText("name", 1, 200);
        if (named.Length != 1)
        {
            errors.Invalid("/source", named.Length == 0 ? "nothing to make a film of." : $"{string.Join(" and ", named)} at once.", $"Give one of {Kinds}.");
            return null;
        }

        return named[0] switch
        {
            "url" => Page(source.OptionalText("url", 1, Limits.UrlCharsMax), "/source/url", errors),
            "text" => Text(source, errors),
            "storyboard" => Storyboard(source, files, errors),
            "upload" => source.OptionalText("upload", 1, UploadCharsMax) is { } upload ? Bundle(name ?? "text.txt", [new(name ?? "text.txt", upload), .. files], errors) : null,
            _ => source.OptionalText("entry", 1, 200) is { } entry ? Bundle(entry, files, errors) : null,
        };
    }

    private static RequestedSource.Page? Page(string? url, string pointer, ReadErrors errors)
    {
        if (url is null)
        {
            return null;
        }

        if (WebAddress.IsOrdinary(url))
        {
            return new RequestedSource.Page(url);
        }

        errors.Invalid(pointer, "not the address of a web page.", "Write http:// or https://, a host, and no user name.");
        return null;
    }

    private static RequestedSource.Text? Text(StrictObject source, ReadErrors errors)
    {
        _ = source.TryGet("text", out var value);
        string? text = null;
        try
        {
            text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: reported below.
        }

        if (string.IsNullOrWhiteSpace(text) || text.Contains('\0', StringComparison.Ordinal) || Encoding.UTF8.GetByteCount(text) > Limits.PageBytesMax)
        {
            errors.Invalid("/source/text", $"expected a text of 1 to {Limits.PageBytesMax} bytes.");
            return null;
        }

        return new RequestedSource.Text(text);
    }

    private static RequestedSource.Storyboard? Storyboard(StrictObject source, ImmutableArray<UploadedFile> files, ReadErrors errors)
    {
        _ = source.TryGet("storyboard", out var value);
        var utf8 = JsonMarshal.GetRawUtf8Value(value).ToArray();
        var reading = StoryboardReader.Read(utf8);
        foreach (var error in reading.Errors)
        {
            // A storyboard's own findings begin with their pointer.
            var pointer = error.Message.StartsWith('/') && error.Message.IndexOf(": ", StringComparison.Ordinal) is > 1 and var end ? error.Message[..end] : string.Empty;
            errors.Add("/source/storyboard" + pointer, error);
        }

        return reading.Storyboard is null ? null : new RequestedSource.Storyboard(utf8, files);
    }

    private static RequestedSource.Uploaded? Bundle(string entry, ImmutableArray<UploadedFile> files, ReadErrors errors)
    {
        if (!BundlePath.IsWellFormed(entry) || !files.Any(f => f.Path == entry))
        {
            errors.Invalid("/source", $"the document \"{entry}\" is not among the files.", "Name each file by its path, the document too.");
            return null;
        }

        if (files.Select(f => f.Path).Distinct(StringComparer.Ordinal).Count() != files.Length)
        {
            errors.Invalid("/source/files", "two files have the same path.");
            return null;
        }

        return new RequestedSource.Uploaded(entry, files);
    }

    private static UploadedFile ReadFile(JsonElement element, string pointer, ReadErrors errors)
    {
        var file = new StrictObject(element, pointer, errors);
        var read = new UploadedFile(file.RequireText("path", 200), file.RequireText("upload", UploadCharsMax));
        if (file.IsObject && !BundlePath.IsWellFormed(read.Path))
        {
            errors.Invalid(pointer + "/path", "not a path inside a bundle.", "Use forward slashes, no leading slash, no '..'.");
        }

        file.Finish();
        return read;
    }
}
