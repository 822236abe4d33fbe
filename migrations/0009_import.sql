-- why: an import is resumable, reported row by row, and reversible as a batch.
create table import_batch (
  id uuid primary key,
  status text not null,
  customers_sha256 bytea not null,
  vehicles_sha256 bytea,
  mapping jsonb not null,
  carries_old_flags boolean not null,
  policy_version_id integer not null references policy_version (id),
  -- why: everything up to these lines is committed; a resumed import goes on after them.
  customers_done_line integer not null default 0,
  vehicles_done_line integer not null default 0,
  totals jsonb not null default '{}',
  started_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  reversed_at timestamptz,
  constraint import_batch_status_known check (status in ('running', 'finished', 'reversing', 'reversed'))
);
create unique index import_batch_one_open on import_batch (customers_sha256) where status = 'running';

create table import_reject (
  batch_id uuid not null references import_batch (id) on delete cascade,
  file text not null,
  line integer not null,
  column_name text not null,
  reason text not null,
  original text not null,
  primary key (batch_id, file, line, column_name),
  constraint import_reject_file_known check (file in ('customers', 'vehicles'))
);

create table permission_reset (
  id uuid primary key,
  status text not null,
  keep_consent boolean not null,
  reason text not null,
  requested_by text not null,
  requested_at timestamptz not null,
  finished_at timestamptz,
  undone_at timestamptz,
  records integer not null,
  constraint permission_reset_status_known check (status in ('running', 'finished', 'undoing', 'undone'))
);
