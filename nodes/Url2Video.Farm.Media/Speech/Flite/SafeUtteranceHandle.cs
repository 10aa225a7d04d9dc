using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Speech.Flite;

/// <summary>An utterance: its text, its relations and its wave. Owned by us, freed exactly once.</summary>
internal sealed class SafeUtteranceHandle : SafeHandle
{
    public SafeUtteranceHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    /// <exception cref="SpeechException">No memory.</exception>
    internal static SafeUtteranceHandle Create()
    {
        var result = new SafeUtteranceHandle();
        result.SetHandle(FliteNative.new_utterance());
        return result.IsInvalid ? throw new SpeechException(SpeechFailure.EngineFailed, "flite made no utterance.") : result;
    }

    protected override bool ReleaseHandle()
    {
        FliteNative.delete_utterance(handle);
        return true;
    }
}
