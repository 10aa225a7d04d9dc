using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Node.Work;
using CameraMove = Url2Video.Farm.Media.Composition.CameraMove;
using TransitionKind = Url2Video.Farm.Media.Composition.TransitionKind;

namespace Url2Video.Farm.Cli.Catalogue;

/// <summary>Renders contact sheets of all transitions, looks and effects, through the same compositor as films.</summary>
internal sealed class CatalogueWriter(string folder)
{
    private const int Stages = 5;
    private const int TransitionsPerSheet = 8;
    private const int PerRow = 4;
    private const int PerSheet = 16;
    private readonly SamplePictures _pictures = new(ContactSheet.CellWidth * 2, ContactSheet.CellHeight * 2);

    /// <returns>The files, in order.</returns>
    public IReadOnlyList<string> Write(CancellationToken cancellation) =>
    [
        .. Transitions(cancellation),
        .. Cells("looks", Enum.GetValues<LookName>(), (name, cell) => Look(name, cell), cancellation),
        .. Cells("effects", EffectTable.All, (facts, cell) => Effect(facts, cell), cancellation),
    ];

    private IEnumerable<string> Transitions(CancellationToken cancellation)
    {
        foreach (var (kinds, number) in Enum.GetValues<TransitionKind>().Chunk(TransitionsPerSheet).Select((k, i) => (k, i + 1)))
        {
            using var sheet = new ContactSheet(Stages, kinds.Length);
            using var cell = new YuvImage(ContactSheet.CellWidth, ContactSheet.CellHeight);
            for (var row = 0; row < kinds.Length; row++)
            {
                cancellation.ThrowIfCancellationRequested();
                var film = FilmOf(
                    new FilmShot(new Shot(Picture("dusk"), []), 0, 30),
                    new FilmShot(new Shot(Picture("quay"), []), 30, 30, 30) { Transition = kinds[row] });
                using var renderer = new FilmRenderer(film, FilmFonts.Shared, _pictures);
                for (var stage = 0; stage < Stages; stage++)
                {
                    renderer.Compose(30 + (((2 * stage) + 1) * 30 / (2 * Stages)), cell);
                    sheet.Add(cell, stage, row);
                }

                sheet.Name(Word(kinds[row]), 0, row);
            }

            yield return Save($"transitions-{number}.png", sheet);
        }
    }

    private IEnumerable<string> Cells<T>(string name, IEnumerable<T> all, Func<T, YuvImage, string> draw, CancellationToken cancellation)
    {
        foreach (var (some, number) in all.Chunk(PerSheet).Select((s, i) => (s, i + 1)))
        {
            using var sheet = new ContactSheet(PerRow, (some.Length + PerRow - 1) / PerRow);
            using var cell = new YuvImage(ContactSheet.CellWidth, ContactSheet.CellHeight);
            for (var i = 0; i < some.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                sheet.Name(draw(some[i], cell), i % PerRow, i / PerRow);
                sheet.Add(cell, i % PerRow, i / PerRow);
            }

            yield return Save($"{name}-{number}.png", sheet);
        }
    }

    private string Look(LookName name, YuvImage cell)
    {
        var look = SceneDress.LookOf(new Core.Storyboards.Look(name, LookTable.Of(name)));
        Compose(new Shot(Picture("dusk"), []) { Look = look }, 0, cell);
        return Word(name);
    }

    private string Effect(EffectFacts facts, YuvImage cell)
    {
        var effect = SceneDress.EffectOf(new SceneEffect(facts.Kind, facts.Amount, facts.Count, 7));

        // A glitch comes and goes; at the other frame it is there.
        var frame = facts.Kind == Core.Storyboards.EffectKind.Glitch ? 46 : 40;
        Compose(new Shot(Picture(facts.Kind >= Core.Storyboards.EffectKind.Invert ? "quay" : "dusk"), []) { Effects = [effect] }, frame, cell);
        return Word(facts.Kind);
    }

    private void Compose(Shot shot, long frame, YuvImage cell)
    {
        using var renderer = new FilmRenderer(FilmOf(new FilmShot(shot, 0, 90)), FilmFonts.Shared, _pictures);
        renderer.Compose(frame, cell);
    }

    private string Save(string name, ContactSheet sheet)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, sheet.ToPng());
        return path;
    }

    private static Film FilmOf(params FilmShot[] shots) =>
        new(ContactSheet.CellWidth, ContactSheet.CellHeight, new FrameRate(30), Theme.Default, [.. shots], []);

    private static Background.Picture Picture(string id) => new(id, CameraMove.Still);

    private static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
