-- why: cars are booked into the workshop, within the hours that each branch has; who books ends reminders about that work.
create table workshop_hours (
  branch_id smallint primary key references branch (id),
  -- why: a week, exceptions by date and lead days, as the program checks them; null rows mean closed.
  settings jsonb not null,
  version integer not null default 1,
  updated_by text not null,
  updated_at timestamptz not null
);

create table appointment (
  id uuid primary key,
  branch_id smallint not null references branch (id),
  customer_id uuid not null references customer (id) on delete cascade,
  vehicle_id uuid not null references vehicle (id),
  arrives_on date not null,
  -- why: the time on the clock of the branch, as it was agreed with the customer, whatever summer time does.
  arrival_time text not null,
  status text not null default 'booked',
  meanwhile text not null,
  adviser_id uuid references staff_user (id),
  notes text,
  booked_by text not null,
  booked_at timestamptz not null,
  arrived_at timestamptz,
  work_started_at timestamptz,
  ready_at timestamptz,
  collected_at timestamptz,
  ended_at timestamptz,
  version integer not null default 1,
  updated_at timestamptz not null,
  constraint appointment_arrival_time_real check (arrival_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  constraint appointment_status_known check (
    status in ('booked', 'arrived', 'in_work', 'ready', 'collected', 'cancelled', 'no_show')
  ),
  constraint appointment_meanwhile_known check (meanwhile in ('waits', 'leaves', 'courtesy_car')),
  constraint appointment_ended_when_it_is check ((ended_at is not null) = (status in ('cancelled', 'no_show')))
);
create index appointment_diary on appointment (branch_id, arrives_on, arrival_time, id);
create index appointment_customer on appointment (customer_id, arrives_on, id);
create index appointment_vehicle on appointment (vehicle_id, arrives_on);

create table appointment_job (
  appointment_id uuid not null references appointment (id) on delete cascade,
  position smallint not null,
  job_type text not null,
  minutes integer not null,
  -- why: the deferred finding of a health check that this job puts right.
  finding_id uuid,
  primary key (appointment_id, position),
  constraint appointment_job_type_known check (
    job_type in ('service', 'mot', 'diagnosis', 'repair', 'vhc', 'recall', 'warranty')
  ),
  constraint appointment_job_minutes_sane check (minutes between 5 and 2400)
);
create index appointment_job_finding on appointment_job (finding_id) where finding_id is not null;

-- why: what is booked or given up again, in order, for whoever sends reminders: written with the booking or not at all.
create table booked_work (
  id bigint generated always as identity primary key,
  appointment_id uuid not null references appointment (id) on delete cascade,
  customer_id uuid not null references customer (id) on delete cascade,
  vehicle_id uuid not null references vehicle (id),
  kind text not null,
  job_types text[] not null,
  finding_ids uuid[] not null,
  recorded_at timestamptz not null,
  constraint booked_work_kind_known check (kind in ('booked', 'released'))
);
create index booked_work_vehicle on booked_work (vehicle_id, id);

grant select, insert, update, delete on workshop_hours, appointment, appointment_job to navigator_app;
-- why: a merge of two records of one person moves what was booked to the record that stays.
grant select, insert, update on booked_work to navigator_app;
