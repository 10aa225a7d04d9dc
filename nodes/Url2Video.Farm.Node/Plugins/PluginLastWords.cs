using System.Text;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>The end of what a plugin wrote to its standard error, however much that was.</summary>
internal sealed class PluginLastWords
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _words = new();
    private readonly Task _reading;

    public PluginLastWords(StreamReader from) => _reading = Task.Run(() => ReadAsync(from));

    /// <summary>One line without control signs.</summary>
    public string Take()
    {
        _reading.Wait(TimeSpan.FromSeconds(1)); // The process is gone or going: its pipe ends with it.
        lock (_gate)
        {
            return Plain(_words.ToString());
        }
    }

    public static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();

    private async Task ReadAsync(StreamReader from)
    {
        var block = new char[4_096];
        try
        {
            while (await from.ReadAsync(block).ConfigureAwait(false) is > 0 and var count)
            {
                lock (_gate)
                {
                    _words.Append(block, 0, count);
                    _words.Remove(0, Math.Max(0, _words.Length - Limits.PluginLastWordsCharsMax));
                }
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // It is gone; what was heard is kept.
        }
    }
}
