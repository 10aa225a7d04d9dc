namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// What several shots and layers of a renderer look at and nobody changes: made once and kept while anybody has it. Not thread-safe, as its renderer
/// is not.
/// </summary>
internal sealed class SharedParts
{
    private readonly Dictionary<object, Entry> _entries = [];

    /// <summary>Of the pictures that were decoded once, as they were then.</summary>
    public Dictionary<string, (int Width, int Height)> PictureSizes { get; } = [];

    /// <param name="key">Equal for what is equal to the bit.</param>
    public Lease<T> Rent<T>(object key, Func<T> make) where T : class, IDisposable
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            _entries[key] = entry = new Entry(make());
        }

        entry.Users++;
        return new Lease<T>((T)entry.Value, () => Return(key, entry));
    }

    private void Return(object key, Entry entry)
    {
        if (--entry.Users == 0)
        {
            _entries.Remove(key);
            entry.Value.Dispose();
        }
    }

    private sealed class Entry(IDisposable value)
    {
        public IDisposable Value { get; } = value;

        public int Users { get; set; }
    }
}

/// <summary>One user's hold on a shared part; the last one to let go disposes it.</summary>
internal sealed class Lease<T>(T value, Action giveBack) : IDisposable
{
    private Action? _giveBack = giveBack;

    public T Value { get; } = value;

    public void Dispose()
    {
        _giveBack?.Invoke();
        _giveBack = null;
    }
}
