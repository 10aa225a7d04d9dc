using System.Security.Cryptography;
using Url2Video.Farm.Media.Text;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Text;

public sealed class LineRasterizerTests
{
    private static readonly TextStyle s_style = new("Noto Sans", IsBold: false, EmMax: 48, EmMin: 24, LinesMax: 2);

    [FontFact("NotoSans")]
    public void Render_Line_StandsOnItsBaselineAndIsAsWideAsMeasured()
    {
        using var rasterizer = new LineRasterizer();
        var text = Fit("HHHH");
        var bitmap = Assert.Single(rasterizer.Render(text, LineAlign.Left, text.Width));

        // Capitals of Noto Sans are 0.714 em high.
        var (top, bottom) = (bitmap.Mask.Y, bitmap.Mask.Y + bitmap.Mask.Luma.Height);
        Assert.InRange(bottom, text.Baseline, text.Baseline + 1);
        Assert.InRange(text.Baseline - top, 34, 36);
        Assert.InRange(bitmap.Mask.X + bitmap.Mask.Luma.Width, text.Width - 8, text.Width);
    }

    [FontFact("NotoSans", "NotoSansArabic")]
    public void Render_RightToLeft_PutsTheFirstWordToTheRight()
    {
        using var rasterizer = new LineRasterizer();
        var text = new TextLayout(Fonts.All, _ => { }).Fit([new TextSpan("ثورة", 0), new TextSpan("هادئة", 1), new TextSpan("جديدة", 2)],
            s_style, 800, 200);
        var words = rasterizer.Render(text, LineAlign.Left, text.Width);

        Assert.Equal([0, 1, 2], words.Select(w => w.Tag));
        Assert.True(words[0].Mask.X > words[1].Mask.X && words[1].Mask.X > words[2].Mask.X);
    }

    [FontFact("NotoSans")]
    public void Render_AssMarkup_IsShownNotObeyed()
    {
        using var rasterizer = new LineRasterizer();
        foreach (var hostile in (string[])["{\\b1}bold", "one\\Ntwo", "a\\hb", "{\\p1}m 0 0 l 99 0 99 99{\\p0}", "{=0}{", "\\{\\}\\"])
        {
            var text = Fit(hostile);
            var words = rasterizer.Render(text, LineAlign.Left, text.Width);

            // As wide as its characters, on one line: nothing was swallowed, nothing broke.
            var mask = Assert.Single(words).Mask;
            Assert.InRange(mask.X + mask.Luma.Width, text.Width - 6, text.Width + 2);
            Assert.InRange(mask.Luma.Height, 10, 62);
        }
    }

    [FontFact("NotoSans")]
    public void Render_Twice_GivesTheSameBytes()
    {
        var hashes = new HashSet<string>();
        for (var round = 0; round < 2; round++)
        {
            using var rasterizer = new LineRasterizer();
            for (var again = 0; again < 2; again++)
            {
                var text = Fit("Deterministic, whatever came before");
                using var bitmap = rasterizer.Render(text, LineAlign.Centre, 900)[0];
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                for (var y = 0; y < bitmap.Mask.Luma.Height; y++)
                {
                    hash.AppendData(bitmap.Mask.Luma.Row(y));
                }

                hashes.Add(Convert.ToHexString(hash.GetHashAndReset()));
                rasterizer.Render(Fit("Something else"), LineAlign.Left, 500).ForEach(b => b.Dispose());
            }
        }

        Assert.Single(hashes);
    }

    private static LaidOutText Fit(string text) => new TextLayout(Fonts.All, _ => { }).Fit([new TextSpan(text)], s_style, 2_000, 200);
}
