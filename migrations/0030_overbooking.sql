-- why: a manager may book beyond what a day can do, and says why; who looks at the diary sees both.
-- why: not valid holds every row that is written from now on; the rows before it have neither column filled in.
alter table appointment
add column overbooked_because text,
add column overbooked_by text,
add constraint appointment_overbooked_by_somebody check (
  (overbooked_because is null) = (overbooked_by is null)
) not valid;
