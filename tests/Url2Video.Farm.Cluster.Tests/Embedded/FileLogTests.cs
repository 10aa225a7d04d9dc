using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Tests.Fakes;

namespace Url2Video.Farm.Cluster.Tests.Embedded;

public sealed class FileLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_PastTheBound_StartsANewFileWithinOneLife()
    {
        const long BytesMax = 16 * 1024 * 1024;
        var line = new string('x', 1024 * 1024);
        using (var log = new FileLog(_folder["farm.log"], LogLevel.Information, TimeProvider.System))
        {
            var logger = log.CreateLogger("test");
            for (var i = 0; i < 40; i++)
            {
                logger.Log(LogLevel.Information, default, line, null, static (text, _) => text);
            }
        }

        Assert.InRange(new FileInfo(_folder["farm.log"]).Length, 1, BytesMax + (2 * line.Length));
        Assert.InRange(new FileInfo(_folder["farm.log.1"]).Length, 1, BytesMax + (2 * line.Length));
    }
}
