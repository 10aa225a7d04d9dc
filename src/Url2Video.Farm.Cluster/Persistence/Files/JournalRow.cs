namespace Url2Video.Farm.Cluster.Persistence.Files;

/// <summary>An event as the table has it.</summary>
/// <param name="Created">Ticks of UTC.</param>
/// <param name="Identifier">Of the serializer.</param>
internal readonly record struct JournalRow(long Created, string PersistenceId, long SequenceNr, byte[] Message, string Manifest, int Identifier, string Writer);
