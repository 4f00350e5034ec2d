-- Known words under the secrets of this installation: who comes with others is told at its start, not at somebody's login.
CREATE TABLE installation (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    sealed   bytea NOT NULL,
    peppered bytea NOT NULL
);
