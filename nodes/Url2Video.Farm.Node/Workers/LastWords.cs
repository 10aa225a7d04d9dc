using System.Text;

namespace Url2Video.Farm.Node.Workers;

/// <summary>The end of what a process wrote to its standard error, however much that was and without whatever moves a cursor. Safe for any thread.</summary>
internal sealed class LastWords
{
    private const int CharsMax = 2_000;

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

    private void Add(ReadOnlySpan<char> block)
    {
        lock (_gate)
        {
            foreach (var c in block)
            {
                _text.Append(char.IsControl(c) ? ' ' : c);
            }

            if (_text.Length > CharsMax)
            {
                _text.Remove(0, _text.Length - CharsMax);
            }
        }
    }
}
