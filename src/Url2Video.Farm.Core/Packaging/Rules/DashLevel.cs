using System.Xml.Linq;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>What one level of a manifest says of addresses: walked once, however many representations inherit it and however many names they have.</summary>
internal sealed class DashLevel
{
    public DashLevel(XElement element)
    {
        Element = element;
        foreach (var child in element.Elements().Where(e => e.Name.Namespace == DashNames.Mpd))
        {
            switch (child.Name.LocalName)
            {
                case "SegmentTemplate":
                    Template ??= child;
                    break;
                case "SegmentList" or "SegmentBase":
                    HasListOrBase = true;
                    break;
                case "BaseURL":
                    BaseUrl ??= child.Value.Trim();
                    break;
            }
        }

        Timeline = Template?.Element(DashNames.Mpd + "SegmentTimeline");
    }

    public XElement Element { get; }

    public XElement? Template { get; }

    public XElement? Timeline { get; }

    /// <summary>Addressed by a list, or by one file with an index.</summary>
    public bool HasListOrBase { get; }

    /// <summary>The first, without the room round it.</summary>
    public string? BaseUrl { get; }
}
