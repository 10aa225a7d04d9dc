using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Speech.Flite;

/// <summary>The functions of flite 2.x that are used, as in <c>flite.h</c>; structs are reached through accessors where there are any.</summary>
internal static partial class FliteNative
{
    internal const string Library = "libflite.so.1";
    private const string C = "libc.so.6";

    [LibraryImport(Library)]
    internal static partial int flite_init();

    [LibraryImport(Library)]
    internal static partial nint new_utterance();

    [LibraryImport(Library)]
    internal static partial void delete_utterance(nint utterance);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int utt_set_input_text(SafeUtteranceHandle utterance, string text);

    /// <param name="name">Kept by pointer, never copied: must live as long as the features do.</param>
    [LibraryImport(Library)]
    internal static unsafe partial void feat_set_float(nint features, byte* name, float value);

    /// <returns>The same utterance, or null when synthesis failed.</returns>
    [LibraryImport(Library)]
    internal static partial nint flite_do_synth(SafeUtteranceHandle utterance, nint voice, nint synthFunction);

    /// <returns>A wave owned by the utterance, or null.</returns>
    [LibraryImport(Library)]
    internal static partial nint utt_wave(SafeUtteranceHandle utterance);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int utt_relation_present(SafeUtteranceHandle utterance, string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint utt_relation(SafeUtteranceHandle utterance, string name);

    [LibraryImport(Library)]
    internal static partial nint relation_head(nint relation);

    [LibraryImport(Library)]
    internal static partial nint item_next(nint item);

    [LibraryImport(Library)]
    internal static partial nint item_parent(nint item);

    /// <returns>The item as it appears in another relation, or null.</returns>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint item_as(nint item, string relation);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial float item_feat_float(nint item, string name);

    /// <returns>A UTF-8 string owned by the item.</returns>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint item_feat_string(nint item, string name);

    /// <summary>flite's excitation noise comes from the C library's generator, the only state that lives between utterances.</summary>
    [LibraryImport(C)]
    internal static partial void srand(uint seed);
}
