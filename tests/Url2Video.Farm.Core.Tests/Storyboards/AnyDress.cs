using System.Collections.Immutable;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Core.Tests.Storyboards;

/// <summary>Random transitions, looks and effects inside the bounds of the format.</summary>
internal static class AnyDress
{
    public static TransitionKind AnyTransition(Random random) =>
        Enum.GetValues<TransitionKind>()[random.Next(1, Enum.GetValues<TransitionKind>().Length)];

    public static Look? AnyLook(Random random)
    {
        var name = Enum.GetValues<LookName>()[random.Next(Enum.GetValues<LookName>().Length)];
        return random.Next(3) switch
        {
            0 => null,
            1 => new Look(name, LookTable.Of(name)),
            _ => new Look(name, new LookNumbers(
                random.Next(2_000, 20_001), random.Next(201), random.Next(201), random.Next(201), random.Next(101), random.Next(101),
                random.Next(101), random.Next(1, 101), random.Next(101), random.Next(101)) { Shadows = new Rgb(1, 2, (byte)random.Next(256)) }),
        };
    }

    public static ImmutableArray<SceneEffect> AnyEffects(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(SceneEffect.PerSceneMax + 1)).Select(_ =>
        {
            var facts = EffectTable.All[random.Next(EffectTable.All.Length)];
            return new SceneEffect(
                facts.Kind, random.Next(101), facts.Count is null ? null : random.Next(1, SceneEffect.CountMax + 1), random.NextInt64(1_000));
        }),
    ];
}
