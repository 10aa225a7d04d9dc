namespace Url2Video.Farm.Content.Extraction;

/// <summary>Class names, ids and file names as words: <c>siteNav cookie-bar</c> is site, nav, cookie, bar.</summary>
internal static class Tokens
{
    public static IEnumerable<string> Of(string text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var isEnd = i == text.Length || !char.IsLetter(text[i]);
            var isHump = !isEnd && i > start && char.IsUpper(text[i]) && char.IsLower(text[i - 1]);
            if (!isEnd && !isHump)
            {
                continue;
            }

            if (i > start)
            {
                yield return text[start..i].ToLowerInvariant();
            }

            start = isHump ? i : i + 1;
        }
    }
}
