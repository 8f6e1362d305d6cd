-- The plan. It never changes after the study is made.
CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE model (number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, json TEXT NOT NULL) STRICT;
CREATE TABLE image (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, json TEXT NOT NULL) STRICT;
CREATE TABLE job (number INTEGER PRIMARY KEY, name TEXT NOT NULL, json TEXT NOT NULL) STRICT;

-- Who worked, with what.
CREATE TABLE runner (
  number INTEGER PRIMARY KEY, software TEXT NOT NULL, device TEXT NOT NULL, shard TEXT NOT NULL, began INTEGER NOT NULL
) STRICT;

-- What a runner is at, so that another one does something else first. No result: it may be lost.
CREATE TABLE claim (
  job INTEGER NOT NULL, model INTEGER NOT NULL, image INTEGER NOT NULL, runner INTEGER NOT NULL,
  PRIMARY KEY (job, model, image)
) STRICT, WITHOUT ROWID;

-- The results. Rows are added, and never changed. checksum: of the plan, the table and the row (checksum.rs); schema 1 has none.
CREATE TABLE score (
  job INTEGER NOT NULL, model INTEGER NOT NULL, variant INTEGER NOT NULL, image INTEGER NOT NULL, p_melanoma REAL NOT NULL, checksum INTEGER NOT NULL,
  PRIMARY KEY (job, model, variant, image)
) STRICT, WITHOUT ROWID;
CREATE TABLE outcome (
  job INTEGER NOT NULL, model INTEGER NOT NULL, image INTEGER NOT NULL,
  attacked INTEGER NOT NULL, flipped INTEGER NOT NULL, p_before REAL NOT NULL, p_after REAL, size REAL, unit TEXT,
  evaluations INTEGER NOT NULL, json TEXT NOT NULL, checksum INTEGER NOT NULL,
  PRIMARY KEY (job, model, image)
) STRICT, WITHOUT ROWID;
-- A unit of which everything is there; at: seconds since 1970.
CREATE TABLE done (
  job INTEGER NOT NULL, model INTEGER NOT NULL, image INTEGER NOT NULL, runner INTEGER NOT NULL, frames INTEGER NOT NULL,
  at INTEGER NOT NULL, checksum INTEGER NOT NULL,
  PRIMARY KEY (job, model, image)
) STRICT, WITHOUT ROWID;
