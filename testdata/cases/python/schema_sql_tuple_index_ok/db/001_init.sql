-- Clinic, first version
CREATE TABLE IF NOT EXISTS visits (
    id          BIGSERIAL PRIMARY KEY,
    room        TEXT NOT NULL,
    diagnosis   TEXT,
    insured     BOOLEAN DEFAULT FALSE
);
CREATE TABLE rooms (name TEXT, beds INTEGER);
