namespace Url2Video.Farm.Media.Text;

/// <summary>The fonts a film may be set in. Shared by many renderers, used by one thread at a time.</summary>
public sealed class FontSet : IDisposable
{
    public void Dispose()
    {
    }
}
