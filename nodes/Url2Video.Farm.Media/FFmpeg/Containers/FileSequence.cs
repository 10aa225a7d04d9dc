namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Several files read as one: an init segment and the media segments behind it. One file is open at a time.</summary>
internal sealed class FileSequence : Stream
{
    private readonly string[] _files;
    private readonly long[] _starts;
    private FileStream? _open;
    private int _openIndex = -1;
    private long _position;

    /// <exception cref="IOException">A file is missing or unreadable.</exception>
    internal FileSequence(IEnumerable<string> files)
    {
        _files = [.. files];
        _starts = new long[_files.Length + 1];
        for (var i = 0; i < _files.Length; i++)
        {
            _starts[i + 1] = _starts[i] + new FileInfo(_files[i]).Length;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _starts[^1];

    public override long Position
    {
        get => _position;
        set => _position = Math.Clamp(value, 0, Length);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_position < Length)
        {
            // The last file that starts at or before the position; empty files share their start with the next.
            var found = Array.BinarySearch(_starts, 0, _files.Length, _position);
            var index = found < 0 ? ~found - 1 : found;
            while (_starts[index + 1] == _position)
            {
                index++;
            }

            var file = Open(index);
            file.Position = _position - _starts[index];
            var read = file.Read(buffer);
            if (read == 0)
            {
                throw new EndOfStreamException("A file became shorter while it was read.");
            }

            _position += read;
            return read;
        }

        return 0;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _open?.Dispose();
        base.Dispose(disposing);
    }

    private FileStream Open(int index)
    {
        if (_openIndex != index)
        {
            _open?.Dispose();
            _open = new FileStream(_files[index], FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            _openIndex = index;
        }

        return _open!;
    }
}
