-- why: what left the house: exported lists and each hand-over, counted by the frequency cap and shown to the regulator.
create table selection_export (
  id uuid primary key,
  exported_at timestamptz not null,
  exported_by text not null,
  channel text not null,
  category text not null,
  criteria jsonb not null,
  columns text[] not null,
  policy_version_id integer not null references policy_version (id),
  row_count integer not null,
  left_out jsonb not null,
  sha256 bytea not null
);

create table hand_over (
  customer_id uuid not null,
  handed_over_at timestamptz not null,
  id uuid not null,
  channel text not null,
  purpose text not null,
  marketing boolean not null,
  export_id uuid references selection_export (id),
  primary key (customer_id, handed_over_at, id)
);
