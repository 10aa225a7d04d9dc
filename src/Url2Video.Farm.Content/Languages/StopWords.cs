using System.Collections.Frozen;

namespace Url2Video.Farm.Content.Languages;

/// <summary>The commonest words of the product's languages: they tell languages apart and carry no topic.</summary>
internal static class StopWords
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> ByLanguage = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["en"] = "the of and to in is that it for was on are as with his they at be this have from or had by not but what all were we when your can said there an which she do their if will each about how up out them then many some so these would other into has more two like him time no could than been who its now after our over such only just most also very it's you he i a am did does done get got go goes make made may might much must never always today even every own same should because while through before where any both between under without within say says said see seen put take took let here too yet ever again once few less still off down until though although whether",
        ["de"] = "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde wenn können wir ich ihr ihre unter schon hier kann dieser diese dieses eines ihm ihn ihnen kein keine keinen keinem etwa dann weil doch sehr immer wieder weiter viele alle alles allem war waren da wo was wer würde müssen muss soll sollen macht seit ab beim vom ins am ans damit dazu dabei ohne gegen jedes jeder jede seine seinem seiner sich selbst trotzdem deshalb denen deren dessen heute schon bis manchmal",
        ["fr"] = "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la avec son ou mais nous comme leur on été cette aux ont ses elle tout ces deux même être aussi vous je d'un d'une c'est fait sans entre bien peut où très",
        ["es"] = "de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno les ni contra otros ese eso ante ellos fue es son",
        ["it"] = "di che e la il un a per in una mi sono ho non ma lo ha le si ti i con cosa se io come da ci no questo qui del della dei delle nel nella alla al più anche gli essere è era loro suo sua sul sulla tra quando molto dopo così",
        ["pt"] = "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus são você",
        ["nl"] = "de van een het en in is dat op te zijn met voor niet aan er om ook als dan maar bij uit door nog naar heeft ze hij over dit wordt worden tot je deze we meer ik zo kan al was hebben die wel of geen veel",
        ["sv"] = "och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan man när år under också efter eller nu sin där vid mot ska skulle kommer ut får finns vara hade alla andra mycket",
        ["da"] = "og i at det er en til på som med for den af de har ikke der et han men var jeg sig fra vi så kan man når år under også efter eller nu sin hvor ved mod skal ville kommer ud får være havde alle andre meget blev",
        ["nb"] = "og i det er på som en til med for at av har ikke den de et om han men var jeg seg fra vi så kan man når år under også etter eller nå sin hvor ved mot skal ville kommer ut får være hadde alle andre mye ble",
        ["fi"] = "ja on ei se että oli joka hän mutta ovat kun niin myös sen tai kuin ole mitä jos vain nyt vielä sitä ne hänen olla mukaan jo mukana kanssa jotka voi sekä tämä sitten kaikki enemmän olivat koska jälkeen",
        ["pl"] = "w i na z się do nie że to jest o jak a po od za są przez dla ale czy tym być może tak już co oraz tylko jego jej ich które który która było był była przy bardzo także również między tego",
        ["cs"] = "a v se na je že o s z do i to k ve pro za by ale si po jako jsou které který která od jeho nebo už jen byl bylo byla tak při ze aby může také být což této více podle není",
        ["ro"] = "de și în a la cu pe că nu este o un care din pentru mai se sa fi au ce ca prin sunt dar sau fost lui acest această după foarte când dintre cele cea lor",
        ["hu"] = "a az és hogy nem is egy ez de van volt meg csak már el mint ha még azt vagy ki be fel lehet kell aki ami amely nagyon között után minden több ezt volna lesz",
        ["tr"] = "ve bir bu da de için ile çok o olarak gibi daha ne kadar en var sonra ama olan mi ki ya değil her iki kendi göre olduğu bunun şu veya hem diye ancak",
        ["ru"] = "и в не на что с я он как это по к но из у за от то о для же все так бы его её они мы был была было были или при только уже ещё может если когда после также чтобы есть до",
        ["uk"] = "і в не на що з я він як це по до але із у за від то про для же все так би його її вони ми був була було були або при тільки вже ще може якщо коли після також щоб є та цей",
        ["bg"] = "и в не на че с аз той как това по към но от за то да е се са ще беше като при само вече още може ако когато след също който която които си",
        ["el"] = "και το του της η ο να τα με για από είναι που στο την σε οι των τη δεν θα ένα μια στην τον αυτό ότι αλλά ως τις στη μας πολύ μετά έχει ήταν",
        ["vi"] = "và của là có được cho không các một những trong với người này đã để khi đến từ như cũng về ra vào nhiều sẽ tại trên nhưng rất",
        ["id"] = "yang dan di dengan untuk pada tidak ini dari dalam akan itu adalah juga ke bisa oleh saya ada karena atau mereka lebih telah sudah sebagai tetapi kita dapat",
    }.ToFrozenDictionary(p => p.Key, p => p.Value.Split(' ').ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    public static IReadOnlyList<string> Languages { get; } = [.. ByLanguage.Keys.Order(StringComparer.Ordinal)];

    /// <returns>The stop words of a language by its primary tag; empty where none are kept.</returns>
    public static FrozenSet<string> Of(string language) => ByLanguage.GetValueOrDefault(language, FrozenSet<string>.Empty);
}
