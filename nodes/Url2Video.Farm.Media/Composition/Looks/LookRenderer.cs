using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Grades pictures: a matrix when that is enough, else a table, and then vignette and grain.</summary>
internal sealed class LookRenderer : IDisposable
{
    private readonly IColourMap? _map;
    private readonly GradePass? _grade;
    private readonly FinishPass? _finish;

    public LookRenderer(Look look, int width, int height, Lanes lanes)
    {
        LookRules.Check(look);
        if (look.ChangesColour)
        {
            var linear = LookColours.Linear(look);
            _map = look.IsLinear ? new MatrixMap(linear) : new LutMap(rgb => LookColours.Bend(look, linear.Of(rgb)));
            _grade = new GradePass(width, lanes);
        }

        if (look.Vignette > 0 || look.Grain > 0)
        {
            _finish = new FinishPass(width, height, look.Vignette, look.Grain, lanes);
        }
    }

    /// <param name="frame">Of the shot: decides the grain.</param>
    public void Apply(YuvImage image, long frame)
    {
        _grade?.Apply(image, _map!);
        _finish?.Apply(image, frame);
    }

    public void Dispose()
    {
        _map?.Dispose();
        _grade?.Dispose();
        _finish?.Dispose();
    }
}
