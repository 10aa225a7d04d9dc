using static Url2Video.Farm.Media.FFmpeg.AvCodec;
using static Url2Video.Farm.Media.FFmpeg.AvLayout;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>An AVCodecParameters of our own: the way to facts of a codec context that have no option.</summary>
internal sealed unsafe class CodecParameters : AvHandle
{
    private CodecParameters(nint owned) : base(owned) { }

    internal ref int Type => ref At<int>(ParametersType);

    internal ref int CodecId => ref At<int>(ParametersCodecId);

    /// <summary>AVPixelFormat or AVSampleFormat.</summary>
    internal ref int Format => ref At<int>(FFmpegLibrary.Layout.ParametersFormat);

    internal int Width => At<int>(FFmpegLibrary.Layout.ParametersWidth);

    internal int Height => At<int>(FFmpegLibrary.Layout.ParametersHeight);

    internal ReadOnlySpan<byte> ExtraData => new((void*)At<nint>(ParametersExtraData), At<int>(ParametersExtraDataSize));

    internal static CodecParameters Allocate() => new(AvResult.CheckPointer(avcodec_parameters_alloc()));

    internal static CodecParameters Of(CodecContext context)
    {
        var parameters = Allocate();
        try
        {
            AvResult.Check(avcodec_parameters_from_context(parameters, context));
            return parameters;
        }
        catch
        {
            parameters.Dispose();
            throw;
        }
    }

    protected override void Free(nint owned) => avcodec_parameters_free(ref owned);

    private ref T At<T>(int offset) where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return ref *(T*)(handle + offset);
    }
}
