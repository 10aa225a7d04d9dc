namespace Url2Video.Farm.Media.Tests.Cuda.Ptx;

/// <param name="Offset">Where it lies among the bytes of all parameters.</param>
internal sealed record PtxParameter(string Name, int Bytes, int Offset);

/// <summary>One kernel, ready to be executed.</summary>
internal sealed record PtxEntry(string Name, PtxParameter[] Parameters, PtxInstruction[] Instructions, int Registers)
{
    public int ParameterBytes => Parameters.Length == 0 ? 0 : Parameters[^1].Offset + Parameters[^1].Bytes;
}
