-- why: what a member of staff has to do by when, about which customer, vehicle or enquiry, and what became of it.
create table task (
  id uuid primary key,
  customer_id uuid references customer (id) on delete cascade,
  vehicle_id uuid references vehicle (id) on delete set null,
  enquiry_id uuid,
  what text not null,
  details text,
  assigned_to uuid not null references staff_user (id),
  due_on date not null,
  created_at timestamptz not null,
  created_by text not null,
  done_at timestamptz,
  done_by text,
  version integer not null default 1,
  -- why: when two records of one person become one, what has to be done about an enquiry goes with it.
  foreign key (customer_id, enquiry_id) references enquiry (customer_id, id)
  on update cascade on delete set null (enquiry_id),
  constraint task_what_given check (length(trim(what)) > 0),
  constraint task_done_complete check ((done_at is null) = (done_by is null)),
  constraint task_enquiry_of_customer check (enquiry_id is null or customer_id is not null),
  constraint task_vehicle_of_customer check (vehicle_id is null or customer_id is not null)
);
create index task_open on task (assigned_to, due_on, id) where done_at is null;
create index task_done on task (done_at, id) where done_at is not null;
create index task_customer on task (customer_id) where customer_id is not null;
create index task_vehicle on task (vehicle_id) where vehicle_id is not null;

create table task_step (
  task_id uuid not null references task (id) on delete cascade,
  sequence integer not null,
  kind text not null,
  at timestamptz not null,
  by text not null,
  assigned_to uuid not null references staff_user (id),
  due_on date not null,
  primary key (task_id, sequence),
  constraint task_step_kind_known check (kind in ('added', 'assigned', 'put_off', 'done', 'reopened'))
);

grant select, insert, update, delete on task to navigator_app;
grant select, insert on task_step to navigator_app;
