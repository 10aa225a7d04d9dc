using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What one sort of particle does.</summary>
internal interface IParticleKind
{
    /// <param name="time">Since the start of the shot, in ticks with 16 bits below.</param>
    /// <param name="alpha">0..32767 of the effect.</param>
    void Draw(long time, int particle, int alpha, YuvImage image);

    /// <summary>The time of a frame.</summary>
    long TimeOf(long frame);
}

/// <summary>Particles over a shot, back to front by their number.</summary>
internal sealed class ParticleEffect(IParticleKind kind, int count, int alpha) : IShotEffect
{
    public bool IsOverText => true;

    public void Draw(long frame, YuvImage image)
    {
        var time = kind.TimeOf(frame);
        for (var particle = 0; particle < count; particle++)
        {
            kind.Draw(time, particle, alpha, image);
        }
    }
}
