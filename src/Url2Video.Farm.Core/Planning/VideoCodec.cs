namespace Url2Video.Farm.Core.Planning;

/// <summary>How the pictures of a rung are coded. Names are stored and cross the wire: frozen.</summary>
public enum VideoCodec
{
    H264 = 0,

    Hevc,

    Av1,

    Vp9,

    /// <summary>ProRes 422 HQ, ten bits.</summary>
    ProRes422,

    /// <summary>ProRes 4444, ten bits, no opacity.</summary>
    ProRes4444,

    /// <summary>H.264 without pictures that are decoded before they are shown: AVI has no place for their times.</summary>
    H264InOrder,

    /// <summary>One PNG file a frame, nothing lost.</summary>
    Png,
}

/// <summary>How much work an encoder spends on a picture.</summary>
public enum EncodingProfile
{
    /// <summary>The pinned profile: the best for a farm that has the time.</summary>
    Standard = 0,

    /// <summary>Drafts: two to four times as fast, larger files or a softer picture. As reproducible as the other.</summary>
    Fast,
}
