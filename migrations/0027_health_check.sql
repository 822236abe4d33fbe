-- why: what a vehicle health check found, what it would cost and whether the customer had it done: deferred work comes round again.
create table health_check (
  id uuid primary key,
  appointment_id uuid not null references appointment (id) on delete cascade,
  -- why: of the keeper whom it was shown to; a new keeper of the vehicle starts blank.
  customer_id uuid not null references customer (id) on delete cascade,
  vehicle_id uuid not null references vehicle (id),
  checked_on date not null,
  mileage integer,
  recorded_by text not null,
  recorded_at timestamptz not null,
  version integer not null default 1,
  constraint health_check_appointment_unique unique (appointment_id),
  constraint health_check_mileage_sane check (mileage is null or mileage >= 0)
);
create index health_check_customer on health_check (customer_id, vehicle_id);

create table health_check_finding (
  id uuid primary key,
  health_check_id uuid not null references health_check (id) on delete cascade,
  position smallint not null,
  item text not null,
  severity text not null,
  price_pence integer,
  labour_minutes integer,
  outcome text not null,
  follow_up_on date,
  constraint health_check_finding_severity_known check (severity in ('red', 'amber', 'green')),
  constraint health_check_finding_outcome_known check (
    outcome in ('none', 'advised', 'authorised', 'deferred', 'declined', 'done')
  ),
  constraint health_check_finding_green_needs_nothing check ((severity = 'green') = (outcome = 'none')),
  constraint health_check_finding_deferred_until check ((outcome = 'deferred') = (follow_up_on is not null)),
  constraint health_check_finding_price_sane check (price_pence is null or price_pence >= 0),
  constraint health_check_finding_labour_sane check (labour_minutes is null or labour_minutes between 5 and 2400),
  constraint health_check_finding_place unique (health_check_id, position) deferrable initially deferred
);

grant select, insert, update, delete on health_check, health_check_finding to navigator_app;
