using Url2Video.Farm.Cli.Pbm.Shell;

namespace Url2Video.Farm.EndToEnd.Tests.Operators;

/// <summary>Typing at the console's prompt, key by key.</summary>
public sealed class LineEditorTests
{
    private static readonly string[] Words = ["node", "noise", "drain"];

    [Fact]
    public void Tab_WithOneContinuation_CompletesTheWord()
    {
        var editor = Typed("node dr", ConsoleKey.Tab);

        Assert.Equal(("node drain ", 11), (editor.Text, editor.Cursor));
    }

    [Fact]
    public void Tab_WithSeveral_CompletesWhatTheyShareThenShowsThem()
    {
        var editor = Typed("n", ConsoleKey.Tab);

        Assert.Equal("no", editor.Text);
        Assert.Equal(EditOutcome.Choose, editor.Press(Key(ConsoleKey.Tab)));
        Assert.Equal(["node", "noise"], editor.Choices);
    }

    [Fact]
    public void Up_ThroughTheHistory_AndDownAgain_GivesBackWhatWasTyped()
    {
        var editor = Typed("half", ConsoleKey.UpArrow);
        Assert.Equal("cluster show", editor.Text);
        editor.Press(Key(ConsoleKey.UpArrow));
        Assert.Equal("node list", editor.Text);
        editor.Press(Key(ConsoleKey.DownArrow));
        editor.Press(Key(ConsoleKey.DownArrow));
        Assert.Equal("half", editor.Text);
    }

    [Fact]
    public void Keys_InTheMiddleOfTheLine_EditThere()
    {
        var editor = Typed("nde", ConsoleKey.Home, ConsoleKey.RightArrow);
        editor.Press(new ConsoleKeyInfo('o', ConsoleKey.O, false, false, false));
        Assert.Equal("node", editor.Text);
        editor.Press(Key(ConsoleKey.Backspace));
        editor.Press(Key(ConsoleKey.Delete));
        Assert.Equal(("ne", 1), (editor.Text, editor.Cursor));
    }

    private static LineEditor Typed(string text, params ConsoleKey[] keys)
    {
        var editor = new LineEditor(["node list", "cluster show"], static (_, _) => Words);
        foreach (var c in text)
        {
            editor.Press(new ConsoleKeyInfo(c, ConsoleKey.None, false, false, false));
        }

        foreach (var key in keys)
        {
            editor.Press(Key(key));
        }

        return editor;
    }

    private static ConsoleKeyInfo Key(ConsoleKey key) => new('\0', key, false, false, false);
}
