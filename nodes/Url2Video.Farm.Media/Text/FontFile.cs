using System.Security.Cryptography;
using Url2Video.Farm.Media.Text.Native;
using static Url2Video.Farm.Media.Text.Native.HarfBuzz;

namespace Url2Video.Farm.Media.Text;

/// <summary>One font file, mapped into memory when first used.</summary>
internal sealed unsafe class FontFile : IDisposable
{
    private readonly Lazy<HbBlob> _blob;
    private readonly Lazy<string> _sha256;
    private readonly FontFace?[] _faces = new FontFace?[8];

    public FontFile(string path)
    {
        Path = path;
        var stem = System.IO.Path.GetFileNameWithoutExtension(path);
        var dash = stem.IndexOf('-', StringComparison.Ordinal);
        (Family, Style) = dash < 0 ? (stem, "Regular") : (stem[..dash], stem[(dash + 1)..]);
        _blob = new Lazy<HbBlob>(Map);
        _sha256 = new Lazy<string>(Hash);
    }

    public string Path { get; }

    /// <summary>As files are named: the family without spaces, e.g. <c>NotoSansArabic</c>.</summary>
    public string Family { get; }

    /// <summary>As files are named, e.g. <c>Bold</c>.</summary>
    public string Style { get; }

    /// <summary>Hash of the content, lower-case hexadecimal: the font's true name.</summary>
    public string Sha256 => _sha256.Value;

    public bool IsOpen => _blob.IsValueCreated;

    /// <summary>The bytes; valid until this file is disposed.</summary>
    public byte* Data(out int size)
    {
        var data = hb_blob_get_data(_blob.Value, out var length);
        size = checked((int)length);
        return data;
    }

    /// <summary>A face of the file; the first one where the file has fewer.</summary>
    public FontFace Face(int index)
    {
        var count = hb_face_count(_blob.Value);
        if (count == 0)
        {
            throw new FontException(FontErrorKind.Unreadable, $"{System.IO.Path.GetFileName(Path)} is not a font.");
        }

        index = index < Math.Min((int)count, _faces.Length) ? index : 0;
        return _faces[index] ??= new FontFace(this, _blob.Value, index);
    }

    public void Dispose()
    {
        foreach (var face in _faces)
        {
            face?.Dispose();
        }

        if (_blob.IsValueCreated)
        {
            _blob.Value.Dispose();
        }
    }

    private HbBlob Map()
    {
        var blob = hb_blob_create_from_file_or_fail(Path);
        if (blob.IsInvalid)
        {
            blob.Dispose();
            throw new FontException(FontErrorKind.Unreadable, $"{System.IO.Path.GetFileName(Path)} cannot be read.");
        }

        return blob;
    }

    private string Hash()
    {
        var data = Data(out var size);
        return Convert.ToHexStringLower(SHA256.HashData(new ReadOnlySpan<byte>(data, size)));
    }
}
