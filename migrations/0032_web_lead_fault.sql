-- why: what came from a website and cannot be filed waits longer each time, and people see that it waits.
alter table web_lead
add column attempts integer not null default 0,
add column attempted_at timestamptz,
add column next_attempt_at timestamptz;
