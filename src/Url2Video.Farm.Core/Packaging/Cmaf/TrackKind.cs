namespace Url2Video.Farm.Core.Packaging.Cmaf;

public enum TrackKind
{
    Video,
    Audio,
}
