using System.Text.Json;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Storyboards;

internal static class EffectReader
{
    public static SceneEffect Read(JsonElement element, string pointer, ReadErrors errors)
    {
        var effect = new StrictObject(element, pointer, errors);
        var kind = effect.RequireChoice<EffectKind>("kind");
        var facts = EffectTable.Of(kind);
        var amount = effect.Decimal("amount", 100, 0, 100, facts.Amount);
        var count = (int?)effect.OptionalInteger("count", 1, SceneEffect.CountMax);
        if (count is not null && facts.Count is null)
        {
            errors.Invalid(effect.PointerOf("count"), "this effect has no particles.", "Leave count out; amount says how much.");
        }

        var result = new SceneEffect(kind, amount, count ?? facts.Count, effect.OptionalInteger("seed", 0, StoryboardReader.SeedMax) ?? 0);
        effect.Finish();
        return result;
    }
}
