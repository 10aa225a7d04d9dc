namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>What a decoder must know before the first picture of a track, and how a file says it.</summary>
public interface IVideoConfig
{
    int Width { get; }

    int Height { get; }

    /// <summary>RFC 6381, read from the encoder's bytes where they say it.</summary>
    string Codecs { get; }

    /// <summary>Frames that may be decoded before a frame that is shown earlier.</summary>
    int FramesReordered { get; }

    /// <summary>Writes the sample entry. Equal bytes mean that one init segment decodes both.</summary>
    internal void WriteSampleEntry(BoxWriter writer);
}
