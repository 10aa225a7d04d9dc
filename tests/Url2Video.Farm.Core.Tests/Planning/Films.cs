using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Tests.Planning;

/// <summary>Small films for tests.</summary>
internal static class Films
{
    public static StoryboardFacts Facts(params SceneFacts[] scenes) =>
        new("A film", "en", 1280, 720, new Rational(30, 1), "mix", [.. scenes]);

    public static SceneFacts Scene(
        string id = "s1", string? say = "say", string visual = "visual", int min = 1_000, int? isFixed = null, int lead = 0, int tail = 0, int transition = 0) =>
        new(id, say, visual, min, isFixed, lead, tail, transition, []);

    public static SceneSpeech Speech(long samples, string name = "speech") => new(Artifact(name + ".pcm"), Artifact(name + ".words"), samples);

    /// <summary>An artifact whose id is made of its name.</summary>
    public static ArtifactRef Artifact(string name, long bytes = 1_000) =>
        new(new ArtifactId(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)))), bytes);
}
