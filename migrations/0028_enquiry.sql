-- why: somebody wants to buy; for as long as that is open, an answer to them alone is a service message.
create table enquiry (
  customer_id uuid not null references customer (id) on delete cascade,
  id uuid not null,
  branch_id smallint not null references branch (id),
  source text not null,
  stage text not null,
  vehicle_of_interest text,
  stock_number text,
  part_exchange text,
  part_exchange_registration text,
  budget_pence bigint,
  finance_interest text not null default 'not_asked',
  owner_id uuid references staff_user (id),
  next_action text,
  next_action_on date,
  lost_reason text,
  lost_note text,
  sold_vehicle_id uuid references vehicle (id),
  sold_on date,
  opened_at timestamptz not null,
  opened_by text not null,
  closed_at timestamptz,
  version integer not null default 1,
  updated_at timestamptz not null,
  primary key (customer_id, id),
  constraint enquiry_source_known check (source in ('walk_in', 'phone', 'email', 'web', 'web_form')),
  constraint enquiry_stage_known check (
    stage in ('new', 'contacted', 'appointment', 'test_drive', 'quoted', 'sold', 'lost')
  ),
  constraint enquiry_finance_known check (finance_interest in ('not_asked', 'yes', 'no')),
  constraint enquiry_budget_sane check (budget_pence is null or budget_pence >= 0),
  constraint enquiry_action_dated check ((next_action is null) = (next_action_on is null)),
  constraint enquiry_lost_has_reason check ((stage = 'lost') = (lost_reason is not null)),
  constraint enquiry_sold_has_vehicle check (
    (stage = 'sold') = (sold_vehicle_id is not null) and (stage = 'sold') = (sold_on is not null)
  ),
  constraint enquiry_closed_when_ended check ((stage in ('sold', 'lost')) = (closed_at is not null))
);
create index enquiry_id on enquiry (id);
create index enquiry_sold_vehicle on enquiry (sold_vehicle_id) where sold_vehicle_id is not null;
create index enquiry_open on enquiry (branch_id, next_action_on, id) where closed_at is null;
create index enquiry_closed on enquiry (branch_id, closed_at, id) where closed_at is not null;

create table enquiry_stage (
  customer_id uuid not null,
  enquiry_id uuid not null,
  sequence smallint not null,
  stage text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (customer_id, enquiry_id, sequence),
  -- why: when two records of one person become one, the enquiry moves with its history.
  foreign key (customer_id, enquiry_id) references enquiry (customer_id, id)
  on update cascade on delete cascade
);

create table enquiry_note (
  customer_id uuid not null,
  enquiry_id uuid not null,
  id uuid not null,
  text text not null,
  written_at timestamptz not null,
  written_by text not null,
  primary key (customer_id, enquiry_id, id),
  foreign key (customer_id, enquiry_id) references enquiry (customer_id, id)
  on update cascade on delete cascade,
  constraint enquiry_note_text_given check (length(trim(text)) > 0)
);

grant select, insert, update, delete on enquiry, enquiry_note to navigator_app;
grant select, insert on enquiry_stage to navigator_app;
