using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Audio.Effects;
using Url2Video.Farm.Media.Audio.Narration;
using Url2Video.Farm.Media.Audio.Spatial;

namespace Url2Video.Farm.Media.Tests.Audio;

/// <summary>
/// Bits that every machine must make: with and without AVX2, FMA or any vectors at all (run with <c>DOTNET_EnableAVX2=0</c> or
/// <c>DOTNET_EnableHWIntrinsic=0</c> to see). They change only together with the code versions of the jobs that make them.
/// </summary>
public class StrictBitsTests
{
    private const int Second = 48_000;

    [Fact]
    public void Make_AllEffects_HaveTheirBits() => Assert.Equal(
        "EFFECTS",
        Short(Signals.Hash<int>(Enum.GetValues<EffectKind>().SelectMany(k => EffectBank.Make(k, 5)).ToArray())));

    [Fact]
    public void Apply_EveryEnhancement_HasItsBits()
    {
        var hashes = new List<string>();
        foreach (var enhancement in new[] { Enhancement.Light, Enhancement.Standard, Enhancement.Aggressive })
        {
            var sound = Recording();
            NarrationChain.Apply(sound, enhancement);
            hashes.Add(Short(Signals.Hash<double>(sound)));
        }

        Assert.Equal(["LIGHT", "STANDARD", "AGGRESSIVE"], hashes);
    }

    [Fact]
    public void Apply_Room_HasItsBits()
    {
        var stereo = Whole(2 * Second);
        new RoomReverb(new RoomPlan(RoomSize.Medium, 40)).Apply(stereo);
        Assert.Equal("ROOM", Short(Signals.Hash<int>(stereo)));
    }

    [Fact]
    public void AddTo_PannedVoice_HasItsBits()
    {
        var stereo = new int[2 * Second];
        new HeadStream(PanFilter.Of(new SoundPosition(-35, 20, 140))).AddTo(Whole(Second), stereo);
        Assert.Equal("PAN", Short(Signals.Hash<int>(stereo)));
    }

    [Theory]
    [InlineData(MusicMood.Epic, "EPIC")]
    [InlineData(MusicMood.Playful, "PLAYFUL")]
    [InlineData(MusicMood.Ambient, "AMBIENT")]
    public void Mix_Film_HasItsBits(MusicMood mood, string hash)
    {
        var voice = new SpeechPlacement(Second, PcmSource.FromSamples([.. Whole(2 * Second).Select(v => (short)(v >> 9))]));
        var plan = new MixPlan(5 * Second + 7, [voice], new MusicPlan(mood, 11))
        {
            Sounds = [new SoundCue(Second / 2, EffectKind.Ding, 0, 1, null), new SoundCue(3 * Second, EffectKind.Whoosh, -300, 2, null)],
            Room = new RoomPlan(RoomSize.Small, 25),
        };

        Assert.Equal(hash, Short(Signals.Hash<float>(Signals.Mix(plan).Samples)));
    }

    private static string Short(string hash) => hash[..16];

    /// <summary>Made of whole numbers only: the C library's sine is not the same everywhere.</summary>
    private static int[] Whole(int count)
    {
        var (state, low) = (12_345u, 0);
        var result = new int[count];
        for (var i = 0; i < count; i++)
        {
            state = state * 1_664_525 + 1_013_904_223;
            low += ((int)state >> 9) - low >> 4;
            result[i] = i / 4_800 % 5 == 4 ? 0 : low * 4;
        }

        return result;
    }

    private static double[] Recording() => [.. Whole(3 * Second).Select((v, i) => v / 16_777_216.0 + (i * 7_919 % 1_000 - 500) / 200_000.0)];
}
