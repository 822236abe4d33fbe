-- why: what staff want to remember of a customer, in versions, apart from the ledger so that it can be erased; a care note is short and stands on top.
create table note (
  customer_id uuid not null references customer (id) on delete cascade,
  id uuid not null,
  kind text not null,
  version integer not null default 1,
  written_at timestamptz not null,
  written_by text not null,
  ended_at timestamptz,
  ended_by text,
  removed_at timestamptz,
  removed_by text,
  primary key (customer_id, id),
  constraint note_kind_known check (kind in ('note', 'care')),
  constraint note_version_positive check (version > 0),
  constraint note_end_complete check ((ended_at is null) = (ended_by is null)),
  constraint note_only_care_ends check (ended_at is null or kind = 'care'),
  constraint note_removal_complete check ((removed_at is null) = (removed_by is null))
);
create index note_newest on note (customer_id, written_at, id);

create table note_version (
  customer_id uuid not null,
  note_id uuid not null,
  version integer not null,
  text text not null,
  written_at timestamptz not null,
  written_by text not null,
  primary key (customer_id, note_id, version),
  -- why: when two records of one person become one, the note moves with what it said before.
  foreign key (customer_id, note_id) references note (customer_id, id) on update cascade on delete cascade,
  constraint note_version_text_given check (length(trim(text)) > 0)
);

grant select, insert, update, delete on note to navigator_app;
grant select, insert, delete on note_version to navigator_app;
