using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <param name="Id">Stable: programs match on it. A rule is added, never renamed.</param>
/// <param name="Number">Of the farm's list of packaging rules.</param>
/// <param name="Source">Which specification asks for it.</param>
/// <param name="Title">What must hold.</param>
/// <param name="IsChecked">False for a rule that is known and not looked at yet.</param>
/// <param name="OnlyWith">The option without which it is not looked at; null when it always is.</param>
public sealed record LintRule(string Id, int Number, Severity Severity, string Source, string Title, bool IsChecked = true, string? OnlyWith = null);

/// <param name="Law">What is broken.</param>
/// <param name="Path">Of the file, relative to the package.</param>
/// <param name="What">What was found there.</param>
/// <param name="Expected">What should be there.</param>
public sealed record RuleViolation(LintRule Law, string Path, string What, string Expected)
{
    public int Rule => Law.Number;

    public override string ToString() => $"{Law.Id} {Path}: {What}; expected: {Expected}";
}
