namespace Url2Video.Farm.Cluster.Store;

/// <summary>
/// The store numbers the changes of <c>farm_node</c> that servers follow, so that a server asks for what is new and not for all nodes. By triggers,
/// because it must hold for whoever writes: a server of the version before, an operator's SQL. Signs of life are no change.
/// On PostgreSQL the number is that of the transaction, and a reader goes on from the oldest that was still open when it read last: nothing
/// that commits late is passed over, and no writer waits for another. SQLite has one writer at a time; there a counter does.
/// </summary>
internal static class NodeChangeTriggers
{
    /// <summary>Stands in a script of <see cref="Migrations"/>.</summary>
    public const string Mark = "{NODE_CHANGE_TRIGGERS}";

    // Signs of life rewrite every row again and again: with room on its page a row stays out of the indexes.
    private const string Postgres = """
        ALTER TABLE farm_node SET (fillfactor = 50);
        CREATE FUNCTION farm_node_number() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
          NEW.change_nr := txid_current();
          RETURN NEW;
        END
        $body$;
        CREATE FUNCTION farm_node_count_struck() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
          UPDATE farm_change SET number = number + 1 WHERE name = 'node-struck';
          RETURN OLD;
        END
        $body$;
        CREATE TRIGGER farm_node_born BEFORE INSERT ON farm_node FOR EACH ROW EXECUTE FUNCTION farm_node_number();
        CREATE TRIGGER farm_node_changed BEFORE UPDATE ON farm_node FOR EACH ROW
          WHEN ((OLD.epoch, OLD.over_epoch, OLD.state, OLD.reason, OLD.schedule) IS DISTINCT FROM (NEW.epoch, NEW.over_epoch, NEW.state, NEW.reason, NEW.schedule))
          EXECUTE FUNCTION farm_node_number();
        CREATE TRIGGER farm_node_struck BEFORE DELETE ON farm_node FOR EACH ROW EXECUTE FUNCTION farm_node_count_struck();
        """;

    private const string SqliteNumber = """
        UPDATE farm_change SET number = number + 1 WHERE name = 'node';
        UPDATE farm_node SET change_nr = (SELECT number FROM farm_change WHERE name = 'node') WHERE name = NEW.name;
        """;

    private const string Sqlite = $"""
        CREATE TRIGGER farm_node_born AFTER INSERT ON farm_node BEGIN {SqliteNumber} END;
        CREATE TRIGGER farm_node_changed AFTER UPDATE ON farm_node
          WHEN OLD.epoch <> NEW.epoch OR OLD.over_epoch <> NEW.over_epoch OR OLD.state <> NEW.state OR OLD.reason IS NOT NEW.reason OR OLD.schedule IS NOT NEW.schedule
          BEGIN {SqliteNumber} END;
        CREATE TRIGGER farm_node_struck AFTER DELETE ON farm_node BEGIN UPDATE farm_change SET number = number + 1 WHERE name = 'node-struck'; END;
        """;

    public static string Script(StoreKind kind) => kind == StoreKind.Postgres ? Postgres : Sqlite;
}
