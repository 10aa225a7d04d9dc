using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Measuring;

/// <summary>Finished frames as planes one after the other (yuv420p), without strides.</summary>
public sealed class RawFrames : IDisposable
{
    private readonly FileStream _file;
    private byte[]? _buffer;

    private RawFrames(FileStream file) => _file = file;

    public static RawFrames Open(string path) => new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0));

    public static void Write(Stream stream, YuvImage frame)
    {
        for (var y = 0; y < frame.Height; y++)
        {
            stream.Write(frame.RowY(y));
        }

        for (var y = 0; y < frame.Height / 2; y++)
        {
            stream.Write(frame.RowU(y));
        }

        for (var y = 0; y < frame.Height / 2; y++)
        {
            stream.Write(frame.RowV(y));
        }
    }

    public void Read(long index, YuvImage frame)
    {
        var (width, height) = (frame.Width, frame.Height);
        var buffer = _buffer ??= new byte[width * height * 3 / 2];
        _file.Position = index * buffer.Length;
        _file.ReadExactly(buffer);
        for (var y = 0; y < height; y++)
        {
            buffer.AsSpan(y * width, width).CopyTo(frame.RowY(y));
        }

        var u = buffer.AsSpan(width * height);
        var v = u[(width * height / 4)..];
        for (var y = 0; y < height / 2; y++)
        {
            u.Slice(y * width / 2, width / 2).CopyTo(frame.RowU(y));
            v.Slice(y * width / 2, width / 2).CopyTo(frame.RowV(y));
        }
    }

    public void Dispose() => _file.Dispose();
}
