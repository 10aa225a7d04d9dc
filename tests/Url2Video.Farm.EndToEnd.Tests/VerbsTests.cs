using Url2Video.Farm.Cli.Commands;

namespace Url2Video.Farm.EndToEnd.Tests;

public sealed class VerbsTests
{
    /// <summary>A command line makes its own verb alone, which is found by a name that is said twice: in the table and by the verb.</summary>
    [Fact]
    public void Verb_OfACommandLine_IsTheOneThatBearsTheName()
    {
        var all = Verbs.For([]).Select(v => v.Name).ToList();

        Assert.Contains("render", all);
        Assert.Equal(all, all.Select(name => Assert.Single(Verbs.For([name])).Name));
        Assert.Equal(all, Verbs.For(["--help"]).Select(v => v.Name));
    }
}
