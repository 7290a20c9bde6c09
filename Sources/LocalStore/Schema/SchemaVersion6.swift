/// What the sixth schema adds: when a consumer of events was last seen, and how its hook fails.
enum SchemaVersion6 {
  static let sql = """
    ALTER TABLE watcher ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE watcher ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE watcher ADD COLUMN failure TEXT;
    ALTER TABLE watcher ADD COLUMN parked_at INTEGER;
    UPDATE watcher SET seen_at = COALESCE((SELECT MAX(at) FROM event), 0);
    """
}
