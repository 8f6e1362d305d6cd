-- Proofs, from schema 3 on: the outcome, and the record that `flipscope replay` checks, without its PNG. found: whether the unaltered picture
-- is classified correctly; nothing is proved of others.
CREATE TABLE proof (
  job INTEGER NOT NULL, model INTEGER NOT NULL, image INTEGER NOT NULL,
  found INTEGER NOT NULL, outcome TEXT, box TEXT NOT NULL, frames INTEGER NOT NULL, judged INTEGER NOT NULL, p_before REAL NOT NULL,
  p_closest REAL, closest TEXT, hash TEXT, record TEXT NOT NULL, checksum INTEGER NOT NULL,
  PRIMARY KEY (job, model, image)
) STRICT, WITHOUT ROWID;
-- The frames that are judged of a proof under way, batch by batch; gone when its record is there. verdicts: for each frame its number in the
-- box as u32 and P(melanoma) as f32, little-endian.
CREATE TABLE proof_part (
  job INTEGER NOT NULL, model INTEGER NOT NULL, image INTEGER NOT NULL, part INTEGER NOT NULL, verdicts BLOB NOT NULL,
  checksum INTEGER NOT NULL,
  PRIMARY KEY (job, model, image, part)
) STRICT, WITHOUT ROWID;
