using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Maps colours, one output plane at a time, on rows whose three inputs are of one length.</summary>
internal unsafe interface IColourMap : IDisposable
{
    /// <summary>False when each plane depends on itself alone: the other two need not be brought to its size then.</summary>
    bool MixesPlanes { get; }

    void Luma(byte* y, byte* u, byte* v, byte* target, int count, Lanes lanes);

    void ChromaU(byte* y, byte* u, byte* v, byte* target, int count, Lanes lanes);

    void ChromaV(byte* y, byte* u, byte* v, byte* target, int count, Lanes lanes);
}
