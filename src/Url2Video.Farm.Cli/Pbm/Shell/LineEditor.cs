namespace Url2Video.Farm.Cli.Pbm.Shell;

/// <summary>What a key did to the line.</summary>
internal enum EditOutcome
{
    Editing,
    Entered,

    /// <summary>Ctrl-D on an empty line.</summary>
    Closed,

    /// <summary>Several continuations fit: <see cref="LineEditor.Choices"/> has them.</summary>
    Choose,
}

/// <summary>One line being typed: text, cursor, history, completion. Knows no terminal; keys go in, text comes out.</summary>
/// <param name="history">Earlier lines, the oldest first.</param>
/// <param name="complete">Continuations of the word at a cursor.</param>
internal sealed class LineEditor(IReadOnlyList<string> history, Func<string, int, IReadOnlyList<string>> complete)
{
    public const int CharsMax = 4_000;

    private int _past = history.Count;
    private string _unsent = "";

    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    public IReadOnlyList<string> Choices { get; private set; } = [];

    public EditOutcome Press(ConsoleKeyInfo key)
    {
        var isControl = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.Enter: return EditOutcome.Entered;
            case ConsoleKey.D when isControl && Text.Length == 0: return EditOutcome.Closed;
            case ConsoleKey.Tab: return Complete();
            case ConsoleKey.LeftArrow: Cursor = Math.Max(0, Cursor - 1); break;
            case ConsoleKey.RightArrow: Cursor = Math.Min(Text.Length, Cursor + 1); break;
            case ConsoleKey.Home or ConsoleKey.A when isControl || key.Key == ConsoleKey.Home: Cursor = 0; break;
            case ConsoleKey.End or ConsoleKey.E when isControl || key.Key == ConsoleKey.End: Cursor = Text.Length; break;
            case ConsoleKey.UpArrow: Recall(-1); break;
            case ConsoleKey.DownArrow: Recall(1); break;
            case ConsoleKey.U when isControl: Replace(0, Cursor, ""); break;
            case ConsoleKey.K when isControl: Replace(Cursor, Text.Length, ""); break;
            case ConsoleKey.W when isControl: Replace(WordStart(), Cursor, ""); break;
            case ConsoleKey.Backspace when Cursor > 0: Replace(Cursor - 1, Cursor, ""); break;
            case ConsoleKey.Delete when Cursor < Text.Length: Replace(Cursor, Cursor + 1, ""); break;
            default:
                if (!char.IsControl(key.KeyChar) && Text.Length < CharsMax)
                {
                    Replace(Cursor, Cursor, key.KeyChar.ToString());
                }

                break;
        }

        return EditOutcome.Editing;
    }

    private EditOutcome Complete()
    {
        var start = WordStart();
        var typed = Text[start..Cursor];
        var fitting = complete(Text, Cursor).Where(c => c.StartsWith(typed, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (fitting.Length == 0)
        {
            return EditOutcome.Editing;
        }

        var common = fitting.Aggregate(static (a, b) => a[..a.Zip(b).TakeWhile(p => p.Item1 == p.Item2).Count()]);
        if (fitting.Length == 1)
        {
            Replace(start, Cursor, common + " ");
            return EditOutcome.Editing;
        }

        if (common.Length > typed.Length)
        {
            Replace(start, Cursor, common);
            return EditOutcome.Editing;
        }

        Choices = fitting;
        return EditOutcome.Choose;
    }

    private void Recall(int step)
    {
        var to = Math.Clamp(_past + step, 0, history.Count);
        if (to == _past)
        {
            return;
        }

        _unsent = _past == history.Count ? Text : _unsent;
        _past = to;
        Text = to == history.Count ? _unsent : history[to];
        Cursor = Text.Length;
    }

    private int WordStart()
    {
        var start = Cursor;
        while (start > 0 && Text[start - 1] != ' ')
        {
            start--;
        }

        return start;
    }

    private void Replace(int from, int to, string with)
    {
        Text = string.Concat(Text.AsSpan(0, from), with, Text.AsSpan(to));
        Cursor = from + with.Length;
    }
}
