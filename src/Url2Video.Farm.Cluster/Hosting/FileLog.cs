using System.Text;
using Microsoft.Extensions.Logging;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>Writes log lines to one file. The file is cut when it grows past <see cref="BytesMax"/>: the older half is one generation back.</summary>
internal sealed class FileLog(string path, LogLevel level, TimeProvider clock) : LineLog(level)
{
    private const long BytesMax = 16 * 1024 * 1024;

    private readonly Lock _gate = new();
    private FileStream? _file;

    public override void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    protected override void Write(LogLevel lineLevel, string category, string text, Exception? exception)
    {
        lock (_gate)
        {
            try
            {
                var line = Format(clock.GetUtcNow(), lineLevel, category, text, exception) + "\n";
                _file ??= Open();
                _file.Write(Encoding.UTF8.GetBytes(line));
                if (_file.Position > BytesMax)
                {
                    _file.Dispose();
                    _file = null; // The next line opens a new one.
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                // A full disk must not stop the work for the sake of its log.
            }
        }
    }

    // Unbuffered: a line is there when it is said, and closing has nothing left to write to a disk that may be full.
    private FileStream Open()
    {
        if (new FileInfo(path) is { Exists: true, Length: > BytesMax })
        {
            File.Move(path, path + ".1", overwrite: true);
        }

        return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    }
}
