using Url2Video.Farm.Media.Tests.Cuda.Ptx;

namespace Url2Video.Farm.Media.Tests.Cuda.StandIn;

/// <param name="BlocksX">Of the grid; every block is of <paramref name="Width"/> by <paramref name="Height"/> threads.</param>
internal readonly record struct Grid(int BlocksX, int BlocksY, int Width, int Height);

/// <summary>What executes the kernels of a stand-in GPU.</summary>
internal interface IProcessor
{
    void Run(PtxEntry entry, Grid grid, byte[] parameters, DeviceMemory memory);
}

/// <summary>Executes the PTX itself, thread after thread.</summary>
internal sealed class PtxProcessor : IProcessor
{
    public long Steps { get; private set; }

    public void Run(PtxEntry entry, Grid grid, byte[] parameters, DeviceMemory memory)
    {
        var thread = new PtxThread(entry, parameters, memory);
        for (var y = 0; y < grid.BlocksY * grid.Height; y++)
        {
            for (var x = 0; x < grid.BlocksX * grid.Width; x++)
            {
                thread.Run([x % grid.Width, y % grid.Height, grid.Width, grid.Height, x / grid.Width, y / grid.Height]);
            }
        }

        Steps += thread.Steps;
    }
}

/// <summary>Notes what it was asked for and does nothing.</summary>
internal sealed class IdleProcessor : IProcessor
{
    public List<(string Kernel, Grid Grid, byte[] Parameters)> Launches { get; } = [];

    public void Run(PtxEntry entry, Grid grid, byte[] parameters, DeviceMemory memory) => Launches.Add((entry.Name, grid, parameters));
}
