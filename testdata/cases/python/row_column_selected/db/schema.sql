CREATE TABLE claims (
  ward TEXT,
  diagnosis TEXT,
  days INTEGER
);
