-- why: what each import said of a customer outlasts another one's reversal, and what was recorded by an instant can be asked for as of then.
-- Tables and columns are new, so that nobody waits for them.
-- squawk-ignore-file adding-foreign-key-constraint, constraint-missing-not-valid, require-concurrent-index-creation
create table named_customer (
  customer_id uuid not null references customer (id) on delete cascade,
  batch_id uuid not null references import_batch (id),
  -- why: the no that the import carried, whether or not it was on file already and so got no entry of its own.
  no_follow_up boolean not null,
  no_marketing boolean not null,
  named_at timestamptz not null,
  primary key (customer_id, batch_id)
);

create table remembered_refusal (
  -- why: the customer number in lower case, of somebody who is not on file yet.
  customer_key text not null,
  batch_id uuid not null references import_batch (id),
  no_follow_up boolean not null,
  no_marketing boolean not null,
  recorded_at timestamptz not null,
  primary key (customer_key, batch_id)
);

grant select, insert, update on named_customer, remembered_refusal to navigator_app;
