-- What a device of a subject has received of a classroom's alert changes: everything up to "seq" of this epoch.
CREATE TABLE stream_receipt (
    subject     text        NOT NULL,
    device      text        NOT NULL,
    classroom   text        NOT NULL,
    epoch       text        NOT NULL,
    seq         bigint      NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (subject, device, classroom)
) WITH (fillfactor = 60);
