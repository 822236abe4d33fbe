-- why: what is read out at the counter, in versions that stay as they were, and which version a proved yes was given on.
create table wording_version (
  legal_entity_id smallint not null references legal_entity (id),
  version integer not null,
  -- why: with placeholders for the dealer and the car; what was read out to one customer is a wording of its own.
  text text not null,
  in_force_from timestamptz not null,
  recorded_by text,
  recorded_at timestamptz not null,
  primary key (legal_entity_id, version),
  constraint wording_version_positive check (version > 0),
  constraint wording_version_text_given check (length(trim(text)) > 0)
);

create table wording_reading (
  hash bytea not null references wording (hash),
  legal_entity_id smallint not null,
  version integer not null,
  primary key (hash, legal_entity_id, version),
  foreign key (legal_entity_id, version) references wording_version (legal_entity_id, version)
);

grant select, insert on wording_version, wording_reading to navigator_app;
