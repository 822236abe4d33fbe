-- why: whose customers these are: the next appointment an adviser has with them, else the enquiry they own.
-- squawk-ignore-file require-concurrent-index-creation
create index appointment_adviser on appointment (adviser_id, customer_id) where adviser_id is not null;
create index enquiry_owner on enquiry (owner_id, customer_id) where owner_id is not null and closed_at is null;
