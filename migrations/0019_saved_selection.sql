-- why: a selection that is used again every month is kept under a name; the people in it are found anew each time.
create table saved_selection (
  id uuid primary key,
  name text not null,
  selection jsonb not null,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  changed_by text not null,
  changed_at timestamptz not null,
  constraint saved_selection_name_given check (length(trim(name)) > 0)
);
create unique index saved_selection_name_unique on saved_selection (lower(name));

grant select, insert, update, delete on saved_selection to navigator_app;
