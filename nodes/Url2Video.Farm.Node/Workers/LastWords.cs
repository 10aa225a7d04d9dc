using System.Text;

namespace Url2Video.Farm.Node.Workers;

/// <summary>The end of what a process wrote to its standard error, however much that was and without whatever moves a cursor. Safe for any thread.</summary>
/// <param name="charsMax">How much is kept.</param>
internal sealed class LastWords(int charsMax)
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();

    /// <summary>Returns at the end of the stream; never fails.</summary>
    public async Task ReadAsync(StreamReader from)
    {
        var block = new char[1_024];
        try
        {
            int read;
            while ((read = await from.ReadAsync(block).ConfigureAwait(false)) > 0)
            {
                Add(block.AsSpan(0, read));
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It is gone.
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _text.Clear();
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            return _text.ToString().Trim();
        }
    }

    /// <summary>The same of a text that came in another way.</summary>
    public static string Plain(string text) => string.Concat(text.Select(Plain)).Trim();

    private static char Plain(char c) => char.IsControl(c) ? ' ' : c;

    private void Add(ReadOnlySpan<char> block)
    {
        lock (_gate)
        {
            foreach (var c in block)
            {
                _text.Append(Plain(c));
            }

            if (_text.Length > charsMax)
            {
                _text.Remove(0, _text.Length - charsMax);
            }
        }
    }
}
