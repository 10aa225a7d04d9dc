using System.Collections.Immutable;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>
/// A source as facts: what it says, in which order, with which pictures. Depends on the source's bytes alone (no fetch time, no
/// machine), so the same page gives the same artifact.
/// </summary>
/// <param name="Url">Final address, or null for local files and text.</param>
/// <param name="Title">1..200 characters.</param>
/// <param name="Language">Detected language of the text, a primary BCP 47 tag.</param>
/// <param name="ThemeColour">The page's own colour as <c>#rrggbb</c>, or null.</param>
/// <param name="Blocks">In reading order; <see cref="Block.Id"/> is the index.</param>
/// <param name="Images">Best first.</param>
public sealed record SourceDoc(
    SourceKind Kind,
    string? Url,
    string Title,
    string? Byline,
    string? Site,
    string Language,
    string? ThemeColour,
    ProductFacts? Product,
    ImmutableArray<Block> Blocks,
    ImmutableArray<SourceImage> Images);

public enum SourceKind
{
    Article,
    Product,
    Landing,
    Text,
}

public enum BlockKind
{
    Heading,
    Paragraph,
    ListItem,
    Quote,

    /// <summary>Shown on pages, never read aloud.</summary>
    Code,

    /// <summary>One row of a table: <c>name: value</c>.</summary>
    Row,

    /// <summary>The caption of a picture.</summary>
    Figure,
}

/// <param name="Level">Of a heading, 1..6; else 0.</param>
/// <param name="Section">Number of the section, from 0 (before the first heading); a heading opens its section.</param>
/// <param name="Path">CSS path in the page, or the line in a text (<c>line:12</c>).</param>
public sealed record Block(int Id, BlockKind Kind, int Level, string Text, int Section, string Path);

/// <param name="Name">URL or bundle path, for people; never used as a file name.</param>
/// <param name="Block">The block after which the image stands; −1 before the first.</param>
/// <param name="Rank">0 for images in the text, 1 for the page's share image, 2 for others.</param>
public sealed record SourceImage(ArtifactRef Artifact, string Name, string Alt, string Caption, int Block, int Width, int Height, int Rank);

/// <summary>What structured data says of a product; each value as written by the page.</summary>
/// <param name="Price">Digits with a decimal point, or null when sources disagree or none says.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Rating">Average as written, e.g. <c>4.7</c>.</param>
public sealed record ProductFacts(
    string Name, string? Brand, string? Description, string? Price, string? Currency, string? Rating, int? Ratings);
