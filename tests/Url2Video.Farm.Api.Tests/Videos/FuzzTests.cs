using System.Globalization;
using System.Net;
using System.Text;
using Url2Video.Farm.Api.Tests.Support;

namespace Url2Video.Farm.Api.Tests.Videos;

/// <summary>Some hundreds of bad bodies from one seed: none may be a fault of the server, every refusal has the one form.</summary>
[Collection(FilmCollection.Name)]
public sealed class FuzzTests(FilmApi api)
{
    private const int Bodies = 400;

    private static readonly string[] Names =
    [
        "source", "formats", "size", "aspect", "fps", "seconds", "voice", "language", "captions", "loudness", "music", "ladder", "seed", "priority", "weight",
        "limits", "callback_url", "metadata", "dry_run", "url", "text", "storyboard", "files", "entry", "upload", "path", "scenes", "", "__proto__", "\\ud800",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "9999999999999999999999", "0.1", "\"\"", "\"x\"", "\"https://a.test/\"", "\"\\u0000\"", "\"\\ud800\"", "\"'; DROP TABLE farm_key; --\"", "[]", "{}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]", "\"1280x720\"", "[null]", "[1,\"a\",{}]", "{\"url\":\"https://a.test/\"}", "{\"text\":\"words\"}",
    ];

    [Fact]
    public async Task BadBodies_AreRefusedInTheOneForm()
    {
        var random = new Random(20_261_122);
        var refused = 0;
        for (var i = 0; i < Bodies; i++)
        {
            var body = BodyOf(random);
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");
            using var response = await api.Client.PostAsync(random.Next(4) == 0 ? "/api/v2/projects" : "/api/v2/videos", content);
            if (!response.IsSuccessStatusCode)
            {
                Assert.True((int)response.StatusCode < 500, $"{response.StatusCode} for {Encoding.UTF8.GetString(body)}");
                await response.ProblemAsync(response.StatusCode);
                refused++;
            }
        }

        Assert.True(refused > Bodies / 2, $"{refused} of {Bodies} were refused");
    }

    [Fact]
    public async Task BadPathsAndQueries_AreRefusedInTheOneForm()
    {
        string[] ids = ["x", "prj_", "%00", "%2e%2e%2f", "prj_01JCY0000000000000000000AA", new string('a', 3_000), "'%20OR%201=1", "%ff%fe"];
        string[] suffixes = ["", "/events", "/files", "/cancel", "?cursor=%00", "?limit=99999999999"];
        foreach (var path in ids.SelectMany(id => suffixes.Select(s => $"/api/v2/videos/{id}{s}")))
        {
            using var response = await api.Client.SendAsync(new HttpRequestMessage(path.EndsWith("/cancel", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, path));
            Assert.InRange((int)response.StatusCode, 400, 499);
            if (response.Content.Headers.ContentLength != 0 || response.StatusCode != HttpStatusCode.BadRequest)
            {
                await response.ProblemAsync(response.StatusCode); // What is no request at all (%00) is refused by the server before it is one, without a body.
            }
        }
    }

    private static byte[] BodyOf(Random random)
    {
        var json = ObjectOf(random, 0);
        switch (random.Next(5))
        {
            case 0:
                return Encoding.UTF8.GetBytes(json[..random.Next(json.Length + 1)]);
            case 1:
                var bytes = Encoding.UTF8.GetBytes(json);
                for (var i = random.Next(1, 4); i > 0 && bytes.Length > 0; i--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                return bytes;
            default:
                return Encoding.UTF8.GetBytes(json);
        }
    }

    private static string ObjectOf(Random random, int depth)
    {
        // Never both wholesome and for real: the farm has better things to do.
        var members = new List<string> { "\"dry_run\":true" };
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var value = depth < 3 && random.Next(3) == 0 ? ObjectOf(random, depth + 1) : Values[random.Next(Values.Length)];
            members.Add(string.Create(CultureInfo.InvariantCulture, $"\"{Names[random.Next(Names.Length)]}\":{value}"));
        }

        return "{" + string.Join(',', members.OrderBy(_ => random.Next())) + "}";
    }
}
