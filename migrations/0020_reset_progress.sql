-- why: a reset goes on after the answer that began it, so how far it is has to be read from elsewhere than its own process.
alter table permission_reset
add column records_reset integer not null default 0,
add column records_restored integer not null default 0;

update permission_reset set records_reset = records where status <> 'running';
update permission_reset set records_restored = records where status = 'undone';
