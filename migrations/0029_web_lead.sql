-- why: what a visitor of the website sent is kept as it came, and compared with who is on file only after the answer has gone out.
create table web_lead (
  -- why: also the id of the enquiry that it becomes.
  id uuid primary key,
  received_at timestamptz not null,
  received_by text not null,
  submitted_at timestamptz not null,
  branch_id smallint not null references branch (id),
  lead jsonb not null,
  wording_hash bytea references wording (hash),
  ticks jsonb not null,
  filed_at timestamptz,
  matched_on text[] not null default '{}',
  lookalike_ids uuid[] not null default '{}',
  constraint web_lead_ticks_have_wording check (wording_hash is not null or ticks = '[]'::jsonb)
);
create index web_lead_unfiled on web_lead (received_at, id) where filed_at is null;
create index web_lead_wording on web_lead (wording_hash) where wording_hash is not null;

create table web_wording (
  hash bytea primary key references wording (hash),
  state text not null,
  first_seen_at timestamptz not null,
  judged_at timestamptz,
  judged_by text,
  constraint web_wording_state_known check (state in ('unknown', 'accepted', 'refused')),
  constraint web_wording_judged check ((state = 'unknown') = (judged_at is null))
);

grant select, insert, update, delete on web_lead to navigator_app;
grant select, insert, update on web_wording to navigator_app;
