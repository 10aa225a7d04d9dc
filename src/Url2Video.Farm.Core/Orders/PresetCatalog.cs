using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Orders;

/// <summary>
/// The presets. Platforms change their rules: the figures are those published by the platforms, as far as they were known in 2025. −14 LUFS is what the large ones
/// turn louder films down to; −23 is EBU R 128.
/// </summary>
public static class PresetCatalog
{
    public static readonly ImmutableArray<Preset> All =
    [
        new("youtube", "YouTube", 1920, 1080, "30", 60, "-14", "mp4", 0, -2, 8_000, "YouTube encodes again: a better source pays"),
        new("youtube-4k", "YouTube", 3840, 2160, "30", 60, "-14", "mp4", 0, -2, 40_000, "2160p gets the better codec at YouTube, also when watched small"),
        new("youtube-shorts", "YouTube Shorts", 1080, 1920, "30", 60, "-14", "mp4", 180, -2, 8_000, "upright, at most three minutes"),
        new("instagram-reel", "Instagram Reels", 1080, 1920, "30", 60, "-14", "mp4", 90, -1, 5_000, "at most 90 s"),
        new("instagram-feed", "Instagram feed", 1080, 1350, "30", 60, "-14", "mp4", 60, -1, 3_500, "4:5, the tallest of the feed"),
        new("instagram-square", "Instagram feed", 1080, 1080, "30", 60, "-14", "mp4", 60, -1, 3_500, "1:1"),
        new("instagram-story", "Instagram Stories", 1080, 1920, "30", 60, "-14", "mp4", 60, -1, 5_000, "at most 60 s in one piece"),
        new("tiktok", "TikTok", 1080, 1920, "30", 60, "-14", "mp4", 600, -1, 6_000, "at most ten minutes"),
        new("linkedin", "LinkedIn", 1920, 1080, "30", 60, "-14", "mp4", 600, -1, 5_000, "at most ten minutes"),
        new("linkedin-square", "LinkedIn", 1080, 1080, "30", 60, "-14", "mp4", 600, -1, 4_000, "more room in the feed"),
        new("twitter", "X (Twitter)", 1280, 720, "30", 60, "-14", "mp4", 140, 0, 5_000, "at most 2:20 without a subscription; 1280x720 is what it shows"),
        new("twitter-square", "X (Twitter)", 720, 720, "30", 60, "-14", "mp4", 140, 0, 3_000, "1:1"),
        new("facebook", "Facebook", 1920, 1080, "30", 60, "-14", "mp4", 14_400, -1, 6_000, "at most four hours"),
        new("facebook-reel", "Facebook Reels", 1080, 1920, "30", 60, "-14", "mp4", 90, -1, 5_000, "at most 90 s"),
        new("web", "a web site", 1920, 1080, "30", 60, "-16", "mp4,webm,hls,dash", 0, 0, 4_000, "files for <video> and packages for players"),
        new("mobile", "phones", 1280, 720, "30", 30, "-16", "mp4,hls", 0, 2, 2_000, "720p by explicit choice, below the customary minimum of quality"),
        new("hd", "HD", 1280, 720, "30", 60, "-16", "mp4", 0, 0, 3_000, "1280x720, the manual's HD export"),
        new("full-hd", "Full HD", 1920, 1080, "30", 60, "-14", "mp4", 0, 0, 6_000, "1920x1080"),
        new("uhd", "Ultra HD", 3840, 2160, "30", 60, "-14", "mp4,mp4-hevc", 0, 0, 25_000, "3840x2160, H.264 and HEVC"),
        new("broadcast", "broadcast", 1920, 1080, "25", 50, "-23", "prores,wav24", 0, 0, 150_000, "ProRes 422 HQ, 24-bit PCM, -23 LUFS; held back when it has errors of quality") { Quality = "gate" },
        new("archive", "archive", 1920, 1080, "30", 60, "-23", "prores4444,flac", 0, 0, 300_000, "for grading and for keeping"),
        new("email", "e-mail", 640, 360, "24", 30, "-16", "mp4", 120, 5, 500, "some 4 MB a minute: most mail servers take 10 to 25 MB"),
        new("messenger", "WhatsApp and the like", 848, 480, "30", 30, "-16", "mp4", 180, 4, 900, "below 16 MB for about two minutes"),
    ];

    public static readonly string Names = string.Join(", ", All.Select(p => p.Name));

    public static Preset? Find(string name) => All.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
