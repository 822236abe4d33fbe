-- why: a vehicle outlives its keepers; the link between customer and vehicle has dates of its own.
create table vehicle (
  id uuid primary key,
  registration text,
  vin text,
  make text,
  model text,
  first_registered_on date,
  mot_due_on date,
  service_due_on date,
  last_service_on date,
  mileage integer,
  created_batch_id uuid,
  constraint vehicle_identified check (registration is not null or vin is not null),
  constraint vehicle_mileage_sane check (mileage is null or mileage >= 0)
);
create index vehicle_registration on vehicle (registration collate "C" text_pattern_ops);
create index vehicle_vin on vehicle (vin) where vin is not null;

create table keeper (
  customer_id uuid not null references customer (id) on delete cascade,
  vehicle_id uuid not null references vehicle (id),
  from_on date,
  until_on date,
  created_batch_id uuid,
  created_at timestamptz not null,
  primary key (customer_id, vehicle_id)
);
create index keeper_vehicle on keeper (vehicle_id);
