namespace Url2Video.Farm.Media.Quality;

/// <summary>Counts places where samples stand at full scale one after the other: three are no accident.</summary>
internal sealed class ClipCounter
{
    private const int Run = 3;

    private int _length;

    public int Runs { get; private set; }

    /// <summary>Where the first one began.</summary>
    public long First { get; private set; } = long.MaxValue;

    public void Add(bool isFull, long at)
    {
        _length = isFull ? _length + 1 : 0;
        if (_length == Run)
        {
            Runs++;
            First = Math.Min(First, at - Run + 1);
        }
    }
}
