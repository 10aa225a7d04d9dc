using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Url2Video.Farm.Media.Text.Native;

/// <summary>libass 0.14 to 0.17: lays out one line of runs and gives its glyphs as bitmaps.</summary>
internal static unsafe partial class LibAss
{
    private const string Library = "libass.so.9";

    /// <summary>Fonts only from memory: what is installed on a machine must not change a film.</summary>
    public const int FontProviderNone = 0;

    public const int ShapingComplex = 1;
    public const int HintingNone = 0;

    [LibraryImport(Library)]
    internal static partial AssLibrary ass_library_init();

    [LibraryImport(Library)]
    internal static partial void ass_library_done(nint library);

    [LibraryImport(Library)]
    internal static partial void ass_set_message_cb(AssLibrary library, delegate* unmanaged<int, byte*, nint, nint, void> callback,
        nint data);

    /// <summary>Copies the font.</summary>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ass_add_font(AssLibrary library, string name, byte* data, int size);

    [LibraryImport(Library)]
    internal static partial AssRenderer ass_renderer_init(AssLibrary library);

    [LibraryImport(Library)]
    internal static partial void ass_renderer_done(nint renderer);

    [LibraryImport(Library)]
    internal static partial void ass_set_frame_size(AssRenderer renderer, int width, int height);

    [LibraryImport(Library)]
    internal static partial void ass_set_storage_size(AssRenderer renderer, int width, int height);

    [LibraryImport(Library)]
    internal static partial void ass_set_shaper(AssRenderer renderer, int level);

    [LibraryImport(Library)]
    internal static partial void ass_set_hinting(AssRenderer renderer, int hinting);

    [LibraryImport(Library)]
    internal static partial void ass_set_cache_limits(AssRenderer renderer, int glyphsMax, int bitmapMegabytesMax);

    [LibraryImport(Library)]
    internal static partial void ass_set_fonts(AssRenderer renderer, nint defaultFont, nint defaultFamily, int provider, nint config,
        int update);

    /// <summary>Parses a script; the text is changed in place. An invalid handle when there is no memory.</summary>
    [LibraryImport(Library)]
    internal static partial AssTrack ass_read_memory(AssLibrary library, byte* text, nuint size, nint codepage);

    [LibraryImport(Library)]
    internal static partial void ass_free_track(nint track);

    /// <summary>A list that is valid until the next call for this renderer, or null.</summary>
    [LibraryImport(Library)]
    internal static partial AssImage* ass_render_frame(AssRenderer renderer, AssTrack track, long milliseconds, nint change);

    /// <summary>Drops libass's messages: what matters of them (missing glyphs) is found out before it is asked.</summary>
    [UnmanagedCallersOnly]
    internal static void IgnoreMessage(int level, byte* format, nint arguments, nint data)
    {
    }

    /// <summary>
    /// ASS_Image: layout fixed by the public header (w 0, h 4, stride 8, bitmap 16, colour 24, x 28, y 32, next 40, type 48).
    /// </summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct AssImage
    {
        public int Width;
        public int Height;
        public int Stride;
        public byte* Bitmap;

        /// <summary>0xRRGGBBAA with AA 0 for opaque.</summary>
        public uint Colour;
        public int X;
        public int Y;
        public AssImage* Next;

        /// <summary>0 character, 1 outline, 2 shadow.</summary>
        public int Type;
    }
}

internal sealed class AssLibrary() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibAss.ass_library_done(handle);
        return true;
    }
}

/// <summary>Must go before its library.</summary>
internal sealed class AssRenderer() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    private AssLibrary? _library;

    /// <summary>Keeps the library alive as long as this handle.</summary>
    public void Hold(AssLibrary library)
    {
        var isAdded = false;
        library.DangerousAddRef(ref isAdded);
        _library = library;
    }

    protected override bool ReleaseHandle()
    {
        LibAss.ass_renderer_done(handle);
        _library?.DangerousRelease();
        return true;
    }
}

internal sealed class AssTrack() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibAss.ass_free_track(handle);
        return true;
    }
}
