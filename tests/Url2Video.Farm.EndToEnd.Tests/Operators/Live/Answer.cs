using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests.Operators.Live;

/// <summary>One command run twice: for people, and with <c>--json</c>.</summary>
internal sealed partial record Answer(string Line, CliResult Plain, CliResult Json)
{
    public int Exit => Plain.Exit;

    /// <summary>What people see, errors too.</summary>
    public string Text => Plain.Out + Plain.Error;

    public JsonElement Result => Json.Result;

    public IReadOnlyList<JsonElement> Rows => [.. Json.Json.Where(l => l.GetProperty("type").GetString() == "row")];

    /// <summary>A table's row for people, by a word in it.</summary>
    public string Row(string word) => Plain.Out.Split('\n').First(l => l.Contains(word, StringComparison.Ordinal));

    public Answer Says(params string[] words)
    {
        Assert.All(words, word => Assert.True(Text.Contains(word, StringComparison.Ordinal), $"{Line} does not say '{word}':\n{Text}"));
        return this;
    }

    public Answer Ends(int exit)
    {
        Assert.True(Exit == exit, $"{Line} ended with {Exit}:\n{Text}");
        return this;
    }

    /// <summary>Same status, same count, same error; and the last line of the JSON is its result.</summary>
    public void AssertSame()
    {
        Assert.True(Plain.Exit == Json.Exit, $"{Line}: {Plain.Exit} for people, {Json.Exit} for programs\n{Text}\n{Json.Out}");
        Assert.Equal("result", Result.GetProperty("type").GetString());
        Assert.Equal(Exit == 0, Result.GetProperty("ok").GetBoolean());
        if (Exit != 0)
        {
            Assert.Contains($"error {Result.GetProperty("error").GetProperty("code").GetString()}", Plain.Error, StringComparison.Ordinal); // A verb that got somewhere has told that first.
            Assert.Equal(Exit, Result.GetProperty("exit").GetInt32());
        }

        if (Result.TryGetProperty("count", out var count))
        {
            Assert.Equal(count.GetInt32(), Rows.Count);
            Assert.Equal(count.GetInt32(), int.Parse(Count().Match(Plain.Out).Groups[1].Value, CultureInfo.InvariantCulture));
        }
    }

    [GeneratedRegex(@"^Count: (\d+) ", RegexOptions.Multiline)]
    private static partial Regex Count();
}
