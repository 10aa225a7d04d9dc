using System.Collections.Immutable;
using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Content.Tests.Support;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Content.Tests.Writing;

internal static class Sources
{
    /// <summary>The sample notes three times over under different headings: a text longer than any film that is asked for.</summary>
    public static SourceDoc Long()
    {
        var article = File.ReadAllText(Repository.Sample("article/index.html"));
        return HtmlExtractor.ExtractAsync(article, new Uri("https://salt.example/blink"), "https://salt.example/blink", default).GetAwaiter().GetResult().Document;
    }

    /// <param name="name">A folder of <c>samples</c>, or <c>notes</c> for the plain text.</param>
    public static SourceDoc Sample(string name) => name == "notes"
        ? PlainTextReader.Read(File.ReadAllText(Repository.Sample("notes.txt")), null)
        : HtmlExtractor.ExtractAsync(
            File.ReadAllText(Repository.Sample($"{name}/index.html")), new Uri($"https://{name}.example/page"), $"https://{name}.example/page", default)
            .GetAwaiter().GetResult().Document;

    public static SourceDoc WithImages(int count)
    {
        var source = Long();
        var images = Enumerable.Range(0, count).Select(i => new SourceImage(
            new ArtifactRef(new ArtifactId(new string((char)('a' + i), 64)), 100), $"{i}.jpg", $"picture of the lens {i}", "", i * source.Blocks.Length / count, 1600, 900, 0));
        return source with { Images = [.. images] };
    }
}

/// <summary>Random sources of every shape: no sentences, one word, hostile characters, many scripts.</summary>
internal static class AnySource
{
    private static readonly string[] Pieces =
    [
        "The river turned north in 1911, and nobody knows why.", "It never came back.", "42 %", "“Half a quotation", "Das Wasser stieg z.B. am 3. Mai um 1,5 Meter.", "今日は晴れです。", "لا أحد يعرف.",
        "word", "A sentence that goes on, and on, and on, while nobody stops it, because it has so many commas, and so few stops, that it never ends, or so it seems.", "https://example.org/x.", "!!!", "{0} {1} %s",
        "x", "She paid $3.50 (in coins) for 12 apples [4].", "👍🏽 yes.", "e.g.", "No end",
    ];

    public static SourceDoc From(int seed)
    {
        var random = new Random(seed);
        var section = 0;
        var blocks = ImmutableArray.CreateBuilder<Block>();
        for (var i = random.Next(1, 40); i > 0; i--)
        {
            var kind = (BlockKind)random.Next(7);
            section += kind == BlockKind.Heading ? 1 : 0;
            blocks.Add(new Block(blocks.Count, kind, kind == BlockKind.Heading ? 2 : 0, Text(random, random.Next(1, 6)), section, $"main > p:nth-of-type({blocks.Count})"));
        }

        var images = Enumerable.Range(0, random.Next(5)).Select(i => new SourceImage(
            new ArtifactRef(new ArtifactId(new string("0123456789abcdef"[i], 64)), 9), "n", Text(random, 30), "", random.Next(-1, blocks.Count), random.Next(200, 5000), random.Next(200, 5000), random.Next(3)));
        return new SourceDoc(
            (SourceKind)random.Next(4), random.Next(2) == 0 ? null : "https://example.org/" + new string('p', random.Next(3000)), Text(random, 1)[..1] + new string('t', random.Next(199)),
            random.Next(2) == 0 ? null : "Ann", random.Next(2) == 0 ? null : new string('s', random.Next(1, 300)), random.Next(2) == 0 ? "en" : "ja", random.Next(2) == 0 ? null : "#d97a1e",
            random.Next(3) == 0 ? new ProductFacts(Text(random, 4), null, Text(random, 2), "1.00", "USD", "4", 2) : null, blocks.ToImmutable(), [.. images]);
    }

    private static string Text(Random random, int pieces) => string.Join(' ', Enumerable.Range(0, pieces).Select(_ => Pieces[random.Next(Pieces.Length)]));
}
