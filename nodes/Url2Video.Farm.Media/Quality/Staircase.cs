namespace Url2Video.Farm.Media.Quality;

/// <summary>
/// Finds banding in a row: flat runs that follow each other upwards or downwards in small steps. A step of one code is what eight bits are and does
/// not count; a step of ten is an edge; a single step is a drawing.
/// </summary>
internal static class Staircase
{
    private const int RunMin = 8;
    private const int StepMin = 2;
    private const int StepMax = 8;
    private const int StepsMin = 3;

    /// <returns>How many pixels of the row lie in staircases.</returns>
    public static int PixelsIn(ReadOnlySpan<byte> row)
    {
        var (found, steps, direction, begun) = (0, 0, 0, 0);
        var (runStart, beforeStart) = (0, -1);
        for (var x = 1; x <= row.Length; x++)
        {
            if (x < row.Length && row[x] == row[x - 1])
            {
                continue;
            }

            // The run [runStart, x) has ended.
            var isFlat = x - runStart >= RunMin;
            var step = beforeStart < 0 ? 0 : row[runStart] - row[beforeStart];
            if (isFlat && beforeStart >= 0 && Math.Abs(step) is >= StepMin and <= StepMax && (steps == 0 || Math.Sign(step) == direction))
            {
                (begun, direction) = steps == 0 ? (beforeStart, Math.Sign(step)) : (begun, direction);
                steps++;
            }
            else
            {
                found += steps >= StepsMin ? runStart - begun : 0;
                steps = 0;
            }

            (beforeStart, runStart) = (isFlat ? runStart : -1, x);
        }

        return found + (steps >= StepsMin ? row.Length - begun : 0);
    }
}
