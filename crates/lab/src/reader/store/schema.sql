-- The plan and the pictures. They never change after the study is made. form: 0 unmodified, 1 adversarial.
CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE picture (lesion INTEGER NOT NULL, form INTEGER NOT NULL, png BLOB NOT NULL, PRIMARY KEY (lesion, form)) STRICT;

-- Who reads. at, joined: seconds since 1970. checksum: of the plan, the table and the row; schema 1 has none.
CREATE TABLE reader (
  number INTEGER PRIMARY KEY, pseudonym TEXT NOT NULL UNIQUE, slot INTEGER NOT NULL, software TEXT NOT NULL, joined INTEGER NOT NULL, checksum INTEGER NOT NULL
) STRICT;

-- The answers. Rows are added, and never changed. call: 'melanoma', 'nevus', or null where time ran out or a class voted.
CREATE TABLE answer (
  reader INTEGER NOT NULL, position INTEGER NOT NULL, case_number INTEGER NOT NULL,
  call TEXT CHECK (call IN ('melanoma', 'nevus')), confidence INTEGER CHECK (confidence BETWEEN 1 AND 5),
  biopsy INTEGER CHECK (biopsy IN (0, 1)),
  hands_melanoma INTEGER, hands_nevus INTEGER, hands_biopsy INTEGER,
  timed_out INTEGER NOT NULL CHECK (timed_out IN (0, 1)), response_ms INTEGER NOT NULL, at INTEGER NOT NULL, checksum INTEGER NOT NULL,
  PRIMARY KEY (reader, position), UNIQUE (reader, case_number)
) STRICT, WITHOUT ROWID;
-- Those of the practice round, which no result is made of.
CREATE TABLE practice_answer (
  reader INTEGER NOT NULL, position INTEGER NOT NULL, case_number INTEGER NOT NULL,
  call TEXT CHECK (call IN ('melanoma', 'nevus')), confidence INTEGER CHECK (confidence BETWEEN 1 AND 5),
  biopsy INTEGER CHECK (biopsy IN (0, 1)),
  hands_melanoma INTEGER, hands_nevus INTEGER, hands_biopsy INTEGER,
  timed_out INTEGER NOT NULL CHECK (timed_out IN (0, 1)), response_ms INTEGER NOT NULL, at INTEGER NOT NULL, checksum INTEGER NOT NULL,
  PRIMARY KEY (reader, position), UNIQUE (reader, case_number)
) STRICT, WITHOUT ROWID;

-- What happened besides: opened, paused, resumed, timed-out, finished.
CREATE TABLE event (
  number INTEGER PRIMARY KEY, reader INTEGER NOT NULL, phase TEXT NOT NULL, position INTEGER NOT NULL, what TEXT NOT NULL,
  at INTEGER NOT NULL, checksum INTEGER NOT NULL
) STRICT;

CREATE TRIGGER answer_stays BEFORE UPDATE ON answer BEGIN SELECT RAISE(ABORT, 'answers are never changed'); END;
CREATE TRIGGER answer_remains BEFORE DELETE ON answer BEGIN SELECT RAISE(ABORT, 'answers are never removed'); END;
CREATE TRIGGER practice_stays BEFORE UPDATE ON practice_answer BEGIN SELECT RAISE(ABORT, 'answers are never changed'); END;
CREATE TRIGGER practice_remains BEFORE DELETE ON practice_answer BEGIN SELECT RAISE(ABORT, 'answers are never removed'); END;
CREATE TRIGGER reader_stays BEFORE UPDATE ON reader BEGIN SELECT RAISE(ABORT, 'readers are never changed'); END;
CREATE TRIGGER reader_remains BEFORE DELETE ON reader BEGIN SELECT RAISE(ABORT, 'readers are never removed'); END;
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
CREATE TRIGGER fact_stays BEFORE UPDATE ON fact BEGIN SELECT RAISE(ABORT, 'the plan is never changed'); END;
CREATE TRIGGER fact_remains BEFORE DELETE ON fact BEGIN SELECT RAISE(ABORT, 'the plan is never changed'); END;
CREATE TRIGGER picture_stays BEFORE UPDATE ON picture BEGIN SELECT RAISE(ABORT, 'pictures are never changed'); END;
CREATE TRIGGER picture_remains BEFORE DELETE ON picture BEGIN SELECT RAISE(ABORT, 'pictures are never removed'); END;
