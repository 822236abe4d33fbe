-- why: a file that is uploaded or fetched over HTTP lies here for a while, so that any process can go on with it after a crash.
create table stored_file (
  id uuid primary key,
  purpose text not null,
  sha256 bytea not null,
  byte_count bigint not null,
  stored_by text not null,
  stored_at timestamptz not null,
  forget_at timestamptz not null,
  constraint stored_file_purpose_known check (purpose in ('import', 'export')),
  constraint stored_file_sha256_length check (octet_length(sha256) = 32)
);
create index stored_file_forget_at on stored_file (forget_at);

create table stored_file_part (
  file_id uuid not null references stored_file (id) on delete cascade deferrable initially deferred,
  part integer not null,
  content bytea not null,
  primary key (file_id, part)
);

grant select, insert, delete on stored_file, stored_file_part to navigator_app;

-- why: where the list of an export and those left out can be fetched until they are forgotten; no reference, because the record outlives them.
alter table selection_export add column list_file_id uuid, add column left_out_file_id uuid;
