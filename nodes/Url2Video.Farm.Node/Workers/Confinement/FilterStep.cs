using System.Runtime.InteropServices;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>A step of a classic BPF program.</summary>
/// <param name="IfTrue">Steps to pass over when the comparison holds.</param>
/// <param name="IfFalse">Steps to pass over when it does not.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FilterStep(ushort Code, byte IfTrue, byte IfFalse, uint Value);
