using System.Runtime.InteropServices;
using System.Text;
using Url2Video.Farm.Media.Tests.Cuda.Ptx;
using Url2Video.Farm.Media.Tests.Cuda.StandIn;

namespace Url2Video.Farm.Media.Tests.Cuda.Host;

/// <summary>Executes the kernels' source as the host's compiler understands it: a second reading of the same text.</summary>
internal sealed unsafe class HostProcessor : IProcessor
{
    private static readonly Lazy<nint> s_launch = new(Build);

    public void Run(PtxEntry entry, Grid grid, byte[] parameters, DeviceMemory memory)
    {
        var launch = (delegate* unmanaged<byte*, int, int, void**, int>)s_launch.Value;
        var values = stackalloc void*[entry.Parameters.Length];
        fixed (byte* name = Encoding.UTF8.GetBytes(entry.Name + "\0"), bytes = parameters)
        {
            for (var i = 0; i < entry.Parameters.Length; i++)
            {
                values[i] = bytes + entry.Parameters[i].Offset;
            }

            Assert.Equal(1, launch(name, grid.BlocksX * grid.Width, grid.BlocksY * grid.Height, values));
        }

        memory.RequireGuards();
    }

    private static nint Build() => NativeLibrary.GetExport(HostLibrary.Build("host_kernels.cpp", "kernels.so"), "host_launch");
}
