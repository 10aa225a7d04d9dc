namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>What a track of a stranger's file holds.</summary>
internal enum MediaKind
{
    Video,
    Audio,

    /// <summary>IMSC1 (<c>stpp</c>) or WebVTT (<c>wvtt</c>) as samples.</summary>
    Text,
}
