namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>The servers of the farm and who can speak with whom: all with all, or two sides that both live on.</summary>
internal sealed class SimServers(int count)
{
    private readonly int[] _side = new int[count];

    public int Any(SplitMix random) => random.Below(count);

    public bool Reach(int from, int to) => _side[from] == _side[to];

    /// <returns>False when there is nothing to cut, or it is cut already.</returns>
    public bool Split(SplitMix random)
    {
        if (count < 2 || Array.Exists(_side, s => s != 0))
        {
            return false;
        }

        _side[0] = 1;
        for (var i = 1; i < count - 1; i++)
        {
            _side[i] = random.Below(2);
        }

        return true;
    }

    public void Heal() => Array.Clear(_side);
}
