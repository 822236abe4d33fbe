-- why: two records that may be one person are a matter of its own until somebody settles it: who said so, when, and what became of it.
-- The table is new, so that nobody waits for it.
-- squawk-ignore-file adding-foreign-key-constraint, constraint-missing-not-valid, require-concurrent-index-creation
create table customer_pair (
  -- why: the smaller id first, so that a pair has one row whichever of the two somebody begins with.
  low_id uuid not null references customer (id) on delete cascade,
  high_id uuid not null references customer (id) on delete cascade,
  state text not null,
  judged_at timestamptz not null,
  judged_by text not null,
  -- why: whether the check itself stopped marketing to the record: what somebody else stopped stays stopped afterwards.
  low_stopped boolean not null default false,
  high_stopped boolean not null default false,
  primary key (low_id, high_id),
  constraint customer_pair_ordered check (low_id < high_id),
  constraint customer_pair_state_known check (state in ('checking', 'different', 'merged', 'undecided'))
);
create index customer_pair_high on customer_pair (high_id);

grant select, insert, update on customer_pair to navigator_app;
