-- why: a million customers are compared with one another in the background, a batch at a time; what was found is listed from here.
-- The tables are new, so that nobody waits for them.
-- squawk-ignore-file adding-foreign-key-constraint, constraint-missing-not-valid, require-concurrent-index-creation
create table duplicate_candidate (
  low_id uuid not null references customer (id) on delete cascade,
  high_id uuid not null references customer (id) on delete cascade,
  grounds text [] not null,
  -- why: those of the grounds that a family or a company shares, which say little.
  weak_grounds text [] not null,
  -- why: the lowest is the likeliest, so that the list is read along its index.
  rank smallint not null,
  primary key (low_id, high_id),
  constraint duplicate_candidate_ordered check (low_id < high_id),
  constraint duplicate_candidate_grounded check (cardinality(grounds) > 0)
);
create index duplicate_candidate_high on duplicate_candidate (high_id);
create index duplicate_candidate_rank on duplicate_candidate (rank, low_id, high_id);

create table duplicate_search (
  id boolean primary key default true,
  -- why: everybody up to here was compared with everybody before them.
  after_id uuid not null,
  examined bigint not null,
  customers bigint not null,
  begun_at timestamptz not null,
  finished_at timestamptz,
  constraint duplicate_search_one check (id)
);

grant select, insert, update, delete on duplicate_candidate, duplicate_search to navigator_app;
