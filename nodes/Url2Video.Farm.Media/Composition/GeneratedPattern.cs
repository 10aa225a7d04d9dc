namespace Url2Video.Farm.Media.Composition;

/// <summary>What a generated background shows, in the colours of the theme.</summary>
public enum GeneratedPattern
{
    /// <summary>Soft lights drifting over a gradient.</summary>
    Gradient,

    /// <summary>Soft fronts across the frame, one before the other, moving slowly.</summary>
    Waves,

    /// <summary>A lattice of fine lines at rest, with highlights drifting over it.</summary>
    Grid,
}
