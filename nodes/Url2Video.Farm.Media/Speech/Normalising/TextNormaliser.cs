using System.Collections.Immutable;

namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>
/// Source text to words that can be spoken, with a map back. Markup, emoji and control characters are silent; numbers,
/// money, dates, units, addresses and acronyms are written out by the rules of the language. Pure, linear in the text.
/// </summary>
public static class TextNormaliser
{
    /// <param name="text">Any text; untrusted.</param>
    /// <param name="language">BCP 47.</param>
    /// <returns>Pieces in source order that do not overlap; empty when nothing can be spoken.</returns>
    public static ImmutableArray<SpokenUnit> Normalise(string text, string language)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(language);
        var primary = LanguageTag.Primary(LanguageTag.Canonical(language));
        ILanguageRules rules = primary == "en" ? EnglishRules.Instance : new GeneralRules(LanguageWords.Of(primary));
        return new Scan(text, rules).Run();
    }

    /// <summary>One walk over one text.</summary>
    private sealed class Scan(string text, ILanguageRules rules)
    {
        private readonly List<SpokenUnit> _units = [];
        private readonly List<string> _words = [];
        private int _at;
        private int _start;

        internal ImmutableArray<SpokenUnit> Run()
        {
            while (_at < text.Length)
            {
                if (CharKind.IsBlank(text[_at]))
                {
                    Blank();
                    continue;
                }

                _start = _words.Count == 0 ? Math.Min(_start, _at) : _start;
                Piece();
            }

            Close(Pause.Stop);
            return [.. _units];
        }

        private void Blank()
        {
            var from = _at;
            var lines = 0;
            while (_at < text.Length && CharKind.IsBlank(text[_at]))
            {
                lines += text[_at++] == '\n' ? 1 : 0;
            }

            if (_words.Count == 0 && _units.Count > 0)
            {
                Widen(from);
            }

            Close(Pause.None);
            if (_units.Count > 0 && (lines > 1 || (lines > 0 && Markup.IsListItem(text, _at))))
            {
                _units[^1] = _units[^1] with { After = Pause.Paragraph };
            }

            _start = _at;
        }

        private void Piece()
        {
            var silent = Markup.SilentLength(text, _at);
            if (silent > 0)
            {
                _at += silent;
                return;
            }

            var reading = StartsToken() ? rules.Read(text, _at) : Reading.None;
            if (reading.Found)
            {
                _words.AddRange(reading.Spoken.Split(' ', StringSplitOptions.RemoveEmptyEntries));
                _at += reading.Length;
            }
            else if (CharKind.IsIdeograph(text[_at]))
            {
                Ideograph();
            }
            else if (CharKind.IsWordPart(text, _at) && !CharKind.IsJoiner(text[_at]))
            {
                Word();
            }
            else
            {
                Punctuation();
            }
        }

        /// <summary>A number inside a word ("covid19b") is not a number; one after a bracket or a dash is.</summary>
        private bool StartsToken() => _at == 0 || !char.IsLetterOrDigit(text[_at - 1]) || CharKind.IsIdeograph(text[_at - 1]);

        private void Word()
        {
            var end = _at;
            while (end < text.Length && CharKind.IsWordPart(text, end) && !CharKind.IsIdeograph(text[end]))
            {
                end++;
            }

            var word = text[_at..end].Replace('’', '\'');
            _at = end;
            var clean = CharKind.Speakable(word);
            if (clean.Length > 0)
            {
                _words.Add(clean);
            }

            if (_at < text.Length && text[_at] == '.' && rules.IsAbbreviation(word))
            {
                _at++;
            }
        }

        /// <summary>Scripts without blanks: every character is a piece of its own, so captions can break anywhere.</summary>
        private void Ideograph()
        {
            Close(Pause.None);
            _start = _at;
            _words.Add(text.Substring(_at, 1));
            _at++;
        }

        private void Punctuation()
        {
            var mark = text[_at];
            var symbol = rules.Symbol(mark);
            var pause = CharKind.PauseOf(text, _at);
            _at++;
            if (symbol.Length > 0)
            {
                _words.Add(symbol);
            }
            else if (pause == Pause.Comma)
            {
                Hesitate();
            }
            else if (pause > Pause.Comma)
            {
                EndSentence(pause);
            }
        }

        private void EndSentence(Pause pause)
        {
            // Closing quotes and brackets belong to the sentence they close.
            while (_at < text.Length && CharKind.IsCloser(text[_at]))
            {
                var next = CharKind.PauseOf(text, _at);
                pause = next == Pause.Question || (next > pause && pause != Pause.Question) ? next : pause;
                _at++;
            }

            if (_words.Count == 0 && _units.Count > 0)
            {
                Widen(_at);
                _units[^1] = _units[^1] with { After = pause };
                _start = _at;
            }

            Close(pause);
            _start = _at;
        }

        /// <summary>A comma within a piece is part of its words; one after a blank (" – ") belongs to the piece before.</summary>
        private void Hesitate()
        {
            if (_words.Count > 0 && _words[^1][^1] != ',')
            {
                _words[^1] += ',';
            }
            else if (_words.Count == 0 && _units.Count > 0 && _units[^1].After == Pause.None)
            {
                _units[^1] = _units[^1] with { After = Pause.Comma };
            }
        }

        /// <summary>Silent leftovers (emoji, a lone dash) are shown with the piece before them.</summary>
        private void Widen(int end)
        {
            var last = _units[^1];
            _units[^1] = last with { SourceLength = Math.Max(last.SourceLength, TrimmedEnd(end) - last.SourceStart) };
        }

        private int TrimmedEnd(int end)
        {
            while (end > 0 && CharKind.IsBlank(text[end - 1]))
            {
                end--;
            }

            return end;
        }

        private void Close(Pause pause)
        {
            if (_words.Count == 0)
            {
                return;
            }

            var comma = pause == Pause.None && _words[^1].EndsWith(',');
            _words[^1] = _words[^1].TrimEnd(',');
            _units.Add(new SpokenUnit(_start, TrimmedEnd(_at) - _start, [.. _words], comma ? Pause.Comma : pause));
            _words.Clear();
            _start = _at;
        }
    }
}
