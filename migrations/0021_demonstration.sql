-- why: made-up people must never be taken for real ones, so a database that was filled with them says so for ever.
create table demonstration (
  id boolean primary key default true,
  begun_at timestamptz not null,
  constraint demonstration_single check (id)
);

insert into demonstration (begun_at)
select min(started_at) from import_batch where started_by = 'demonstration' having count(*) > 0;

grant select, insert on demonstration to navigator_app;
