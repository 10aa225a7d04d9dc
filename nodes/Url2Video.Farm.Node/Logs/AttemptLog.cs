using System.Globalization;
using System.Text;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Node.Logs;

/// <summary>
/// What one attempt said, in memory and bounded: of a long log the beginning and the end are kept, with the count of what was left out between.
/// Safe for any thread.
/// </summary>
internal sealed class AttemptLog(Lease lease, TimeProvider clock)
{
    private const int HeadBytesMax = Limits.JobLogBytesMax / 4;
    private const int LineCharsMax = 2_000;

    /// <summary>For the line that counts what was left out.</summary>
    private const int GapBytesMax = 100;

    private static readonly AsyncLocal<AttemptLog?> s_current = new();

    private readonly Lock _gate = new();
    private readonly List<byte[]> _head = [];
    private readonly Queue<byte[]> _tail = new();
    private int _headBytes;
    private int _tailBytes;
    private long _leftOut;

    /// <summary>Of the flow of control; a work's thread inherits it.</summary>
    public static AttemptLog? Current { get => s_current.Value; set => s_current.Value = value; }

    public Lease Lease => lease;

    public DateTimeOffset StartedAt { get; } = clock.GetUtcNow();

    /// <summary>At most <see cref="Limits.LogLineCharsMax"/>, without its time.</summary>
    public string LastLine { get; private set; } = string.Empty;

    public void Write(string level, string text)
    {
        var line = OneLine(text);
        var bytes = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():HH:mm:ss.fff} {level} {line}\n"));
        lock (_gate)
        {
            LastLine = line.Length > Limits.LogLineCharsMax ? line[..Limits.LogLineCharsMax] : line;
            if (_tail.Count == 0 && _headBytes + bytes.Length <= HeadBytesMax)
            {
                _head.Add(bytes);
                _headBytes += bytes.Length;
                return;
            }

            _tail.Enqueue(bytes);
            _tailBytes += bytes.Length;
            while (_tailBytes > Limits.JobLogBytesMax - HeadBytesMax - GapBytesMax)
            {
                _tailBytes -= _tail.Dequeue().Length;
                _leftOut++;
            }
        }
    }

    /// <summary>All that is kept, at most <see cref="Limits.JobLogBytesMax"/>.</summary>
    public byte[] ToBytes()
    {
        lock (_gate)
        {
            using var all = new MemoryStream(_headBytes + _tailBytes + GapBytesMax);
            foreach (var line in _head)
            {
                all.Write(line);
            }

            if (_leftOut > 0)
            {
                all.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"... {_leftOut} lines left out ...\n")));
            }

            foreach (var line in _tail)
            {
                all.Write(line);
            }

            return all.ToArray();
        }
    }

    // A log is shown in terminals: nothing in it may move their cursor or look like another line.
    private static string OneLine(string text)
    {
        var cut = text.Length > LineCharsMax ? text[..LineCharsMax] : text;
        return string.Create(cut.Length, cut, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? ' ' : source[i];
            }
        }).TrimEnd();
    }
}
