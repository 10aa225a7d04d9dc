using System.Globalization;
using System.Text.RegularExpressions;

namespace Url2Video.Farm.Media.Tests.Cuda.Ptx;

/// <summary>
/// Mistakes made by rule: every instruction of a kernel that has an opposite or a constant gives one. Some change nothing that can be seen (a branch
/// to the same, a bound that no input reaches), so they are counted and not all have to be caught.
/// </summary>
internal static partial class PtxSweep
{
    private static readonly (string Text, string Instead)[] s_opposites =
    [
        ("add.s32", "sub.s32"), ("sub.s32", "add.s32"), ("add.s64", "sub.s64"), ("min.", "max."), ("max.", "min."), ("and.b32", "or.b32"), ("or.b32", "and.b32"),
        ("xor.b32", "and.b32"), ("shr.s32", "shr.u32"), ("setp.lt", "setp.ge"), ("setp.gt", "setp.le"), ("setp.ge", "setp.lt"), ("setp.le", "setp.gt"),
        ("setp.eq", "setp.ne"), ("setp.ne", "setp.eq"), ("mul.lo", "sub"), ("ld.global.u8", "ld.global.s8"), ("ld.global.s16", "ld.global.u16"), ("neg.s32", "mov.b32"),
    ];

    /// <summary>The module with one mistake in it, for every <paramref name="each"/>-th that there is in the kernel.</summary>
    public static IEnumerable<(string Line, string Instead, string Ptx)> Mutants(string ptx, string kernel, int each)
    {
        var start = ptx.IndexOf('{', ptx.IndexOf($".entry {kernel}(", StringComparison.Ordinal));
        var end = ptx.IndexOf("\n}", start, StringComparison.Ordinal);
        var number = 0;
        for (var at = start; at < end;)
        {
            var next = ptx.IndexOf('\n', at + 1);
            var line = ptx[at..next];
            foreach (var instead in Wrong(line))
            {
                if (number++ % each == 0)
                {
                    yield return (line.Trim(), instead.Trim(), string.Concat(ptx.AsSpan(0, at), instead, ptx.AsSpan(next)));
                }
            }

            at = next;
        }
    }

    private static IEnumerable<string> Wrong(string line)
    {
        if (s_opposites.FirstOrDefault(o => line.Contains("\t" + o.Text, StringComparison.Ordinal)) is { Text: not null } opposite)
        {
            yield return line.Replace(opposite.Text, opposite.Instead, StringComparison.Ordinal);
        }

        if (Constant().Match(line) is { Success: true } constant && !line.Contains("\tbra", StringComparison.Ordinal))
        {
            // One less: a rounding constant then shows at every half, one more only at what is least below a half.
            var value = long.Parse(constant.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            var wrong = (value > 1 ? value - 1 : value + 1).ToString(CultureInfo.InvariantCulture);
            yield return string.Concat(line.AsSpan(0, constant.Groups[1].Index), wrong, ";");
        }
    }

    [GeneratedRegex(", (-?[0-9]+);$")]
    private static partial Regex Constant();
}
