namespace Url2Video.Farm.Media.FFmpeg;

internal enum MediaType
{
    Video = 0,
    Audio = 1,
}

/// <summary>An AVStream, which belongs to its container and lives as long as it.</summary>
internal readonly unsafe struct MediaStream(nint stream)
{
    internal int Index => *(int*)(stream + FFmpegLibrary.Layout.StreamIndex);

    /// <summary>AVCodecParameters.</summary>
    internal nint Parameters => *(nint*)(stream + FFmpegLibrary.Layout.StreamParameters);

    internal nint Pointer => stream;

    internal int Width => *(int*)(Parameters + FFmpegLibrary.Layout.ParametersWidth);

    internal int Height => *(int*)(Parameters + FFmpegLibrary.Layout.ParametersHeight);

    internal ReadOnlySpan<byte> ExtraData =>
        new((void*)*(nint*)(Parameters + AvLayout.ParametersExtraData), *(int*)(Parameters + AvLayout.ParametersExtraDataSize));

    internal int CodecId => *(int*)(Parameters + AvLayout.ParametersCodecId);

    internal ref AvRational TimeBase => ref *(AvRational*)(stream + FFmpegLibrary.Layout.StreamTimeBase);

    /// <summary>0 lets the muxer choose the sample entry.</summary>
    internal ref int CodecTag => ref *(int*)(Parameters + AvLayout.ParametersTag);
}
