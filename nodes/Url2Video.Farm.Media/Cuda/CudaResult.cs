namespace Url2Video.Farm.Media.Cuda;

/// <summary>The CUresult values that the farm tells apart; any other keeps its number.</summary>
internal enum CudaResult
{
    Success = 0,
    InvalidValue = 1,
    OutOfMemory = 2,
    NoDevice = 100,
    InvalidDevice = 101,
    InvalidContext = 201,
    NoBinaryForGpu = 209,
    EccUncorrectable = 214,
    InvalidPtx = 218,
    UnsupportedPtxVersion = 222,
    NotFound = 500,
    NotReady = 600,
    IllegalAddress = 700,
    LaunchTimeout = 702,
    PrimaryContextActive = 708,
    LaunchFailed = 719,
    SystemDriverMismatch = 803,
}
