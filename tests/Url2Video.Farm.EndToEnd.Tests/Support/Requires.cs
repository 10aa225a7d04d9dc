namespace Url2Video.Farm.EndToEnd.Tests.Support;

/// <summary>A test that needs installed programs: reported as skipped, with the missing names, where one is absent.</summary>
internal sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(params string[] programs)
    {
        var missing = programs.Where(p => !File.Exists(Path.Combine("/usr/bin", p))).ToArray();
        if (missing.Length > 0)
        {
            Skip = $"not installed: {string.Join(", ", missing)}";
        }
    }
}

/// <inheritdoc cref="NeedsFactAttribute"/>
internal sealed class NeedsTheoryAttribute : TheoryAttribute
{
    public NeedsTheoryAttribute(params string[] programs) => Skip = new NeedsFactAttribute(programs).Skip;
}
