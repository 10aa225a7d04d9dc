using System.Collections.Immutable;
using Url2Video.Farm.Content.Web;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Bundling;

/// <summary>
/// Collects a local source: the document and those files it names that really lie under its directory. What a document names
/// elsewhere, above it or through a link that leads out is not taken.
/// </summary>
public static class SourceBundler
{
    private static readonly string[] Entries = ["index.html", "index.htm", "storyboard.json"];

    /// <param name="path">A file, or a directory with <c>index.html</c> or <c>storyboard.json</c>.</param>
    /// <exception cref="FarmException"><c>ERR_SOURCE_NOT_FOUND</c>, <c>ERR_TOO_LARGE</c>, <c>ERR_FORMAT</c>.</exception>
    public static SourceBundle Collect(string path)
    {
        var entry = EntryOf(path);
        var info = new FileInfo(entry);
        if (info.Length > Limits.PageBytesMax)
        {
            throw new FarmException(
                ErrorCodes.TooLarge, $"{path} has {info.Length / (1024 * 1024)} MiB; {Limits.PageBytesMax / (1024 * 1024)} are allowed.");
        }

        var body = ReadEntry(entry);
        var kind = KindOf(entry, body);
        var name = BundlePath.IsWellFormed(info.Name)
            ? info.Name
            : kind switch { BundleKind.Page => "index.html", BundleKind.Storyboard => "storyboard.json", _ => "text.txt" };
        var files = ImmutableArray.CreateBuilder<BundledFile>();
        files.Add(new BundledFile(name, entry, info.Length));

        var directory = new BundleDirectory(Path.GetDirectoryName(entry)!);
        var bytes = info.Length;
        foreach (var reference in References.Of(kind, body).DistinctBy(r => r.Path, StringComparer.Ordinal).Where(r => r.Path != name))
        {
            if (kind == BundleKind.Storyboard)
            {
                // Named by whoever wrote the document: not to be left out in silence.
                directory.RequireBearable(reference.Path, reference.BytesMax);
            }

            if (directory.Find(reference.Path, reference.BytesMax) is not { } file)
            {
                continue;
            }

            if (files.Count < Limits.FilesPerBundleMax && bytes + file.Bytes <= Limits.BundleBytesMax)
            {
                files.Add(file);
                bytes += file.Bytes;
            }
            else if (kind == BundleKind.Storyboard)
            {
                throw TooMuch(file.Path, files.Count, bytes + file.Bytes);
            }
        }

        return new SourceBundle(kind, name, files.ToImmutable());
    }

    private static FarmException TooMuch(string path, int filesBefore, long bytes) => filesBefore >= Limits.FilesPerBundleMax
        ? new(ErrorCodes.TooLarge, $"{path} is one file too many: {Limits.FilesPerBundleMax} are allowed, the storyboard among them.", "Name fewer files, or make several films of it.")
        : new(
            ErrorCodes.TooLarge, $"With {path} the storyboard and its files have {bytes} bytes; {Limits.BundleBytesMax} are allowed together.",
            "Compress the largest files or cut them shorter.");

    private static string EntryOf(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            return Entries.Select(e => Path.Combine(full, e)).FirstOrDefault(File.Exists)
                ?? throw new FarmException(
                    ErrorCodes.SourceNotFound, $"The directory {path} has no {string.Join(", ", Entries)}.", "Name the file itself.");
        }

        return File.Exists(full)
            ? full
            : throw new FarmException(
                ErrorCodes.SourceNotFound, $"There is no file {path}.", "Check the path, or write a web address in full (https://…).");
    }

    private static byte[] ReadEntry(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FarmException(ErrorCodes.SourceNotFound, $"{path} cannot be read: {e.Message}", cause: e);
        }
    }

    private static BundleKind KindOf(string path, byte[] body)
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension == ".json")
        {
            return BundleKind.Storyboard;
        }

        var mediaType = extension switch { ".html" or ".htm" or ".xhtml" => "text/html", ".md" or ".markdown" => "text/plain", _ => null };
        return ContentSniffer.KindOf(body, mediaType) == ContentKind.Html ? BundleKind.Page : BundleKind.Text;
    }
}
