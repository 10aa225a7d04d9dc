namespace Url2Video.Farm.Cli.Pbm.Shell;

/// <summary>The keyboard and the screen of <see cref="LineEditor"/>.</summary>
internal static class Terminal
{
    /// <returns>Null when the user closes the input.</returns>
    public static string? ReadLine(string prompt, LineEditor editor)
    {
        Console.TreatControlCAsInput = true;
        try
        {
            Console.Write(prompt);
            var drawn = 0;
            while (true)
            {
                var key = Console.ReadKey(intercept: true);
                if (key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control })
                {
                    Console.WriteLine();
                    return "";
                }

                var outcome = editor.Press(key);
                if (outcome is EditOutcome.Entered or EditOutcome.Closed)
                {
                    Console.WriteLine();
                    return outcome == EditOutcome.Entered ? editor.Text : null;
                }

                if (outcome == EditOutcome.Choose)
                {
                    Console.WriteLine();
                    Console.WriteLine(string.Join("  ", editor.Choices));
                    drawn = 0;
                }

                drawn = Draw(prompt, editor, drawn);
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    /// <summary>Draws the line anew over what was drawn before; a line wider than the screen shows the part around its cursor.</summary>
    private static int Draw(string prompt, LineEditor editor, int drawnBefore)
    {
        var room = Math.Max(8, Console.WindowWidth - prompt.Length - 1);
        var from = Math.Max(0, editor.Cursor - room + 1);
        var shown = editor.Text[from..Math.Min(editor.Text.Length, from + room)];
        Console.Write("\r" + prompt + shown.PadRight(Math.Min(room, drawnBefore)));
        Console.Write("\r" + prompt + shown[..(editor.Cursor - from)]);
        return shown.Length;
    }
}
