namespace Url2Video.Farm.EndToEnd.Tests.Formats;

/// <summary>How many samples one sound is later than another, by where they look most alike.</summary>
internal static class Lag
{
    private const int LagMax = 3_000, Window = 24_000;

    public static int Of(float[] truth, float[] heard)
    {
        // From where something is to be heard, and where both have something on either side.
        var start = Math.Max(LagMax, Array.FindIndex(truth, v => Math.Abs(v) > 0.05f));
        var count = Math.Min(Window, Math.Min(truth.Length, heard.Length) - start - LagMax);
        Assert.True(count > 4_800, "There is too little sound to compare.");
        var (best, at) = (double.MinValue, 0);
        for (var lag = -LagMax; lag <= LagMax; lag++)
        {
            var sum = 0.0;
            for (var i = 0; i < count; i++)
            {
                sum += truth[start + i] * heard[start + i + lag];
            }

            (best, at) = sum > best ? (sum, lag) : (best, at);
        }

        return at;
    }
}
