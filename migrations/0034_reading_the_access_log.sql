-- why: who looked at whose data is read by member of staff, by customer, by kind and by period, page by page, among millions of lines.
-- The indexes are made in the transaction of the migration: no Navigator is at work meanwhile.
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion
create index access_log_at on access_log (accessed_at, id);
create index access_log_actor_at on access_log (actor_id, accessed_at, id);
create index access_log_action_at on access_log (action, accessed_at, id);
create index access_log_customer_at on access_log (customer_id, accessed_at, id) where customer_id is not null;
drop index access_log_customer;
