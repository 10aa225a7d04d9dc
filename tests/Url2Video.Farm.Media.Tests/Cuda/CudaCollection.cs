namespace Url2Video.Farm.Media.Tests.Cuda;

/// <summary>The stand-in driver is one for the process, and handles are counted for the process: these tests run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class CudaCollection
{
    public const string Name = "CUDA";
}
