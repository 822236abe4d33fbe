-- why: staff sign in with the account they have at work already, and are known there by more than an email address.
-- The indexes and the constraint are made in the transaction of the migration: a dealer's staff are few, so nobody waits.
-- squawk-ignore-file require-concurrent-index-creation, constraint-missing-not-valid
alter table staff_user
add column email text,
-- why: the issuer and what it calls them; an email address can be given to somebody else.
add column provider_subject text,
add constraint staff_user_email_length check (length(email) between 3 and 254),
add constraint staff_user_provider_subject_length check (length(provider_subject) <= 1000);
create unique index staff_user_email on staff_user (lower(email)) where email is not null;
create unique index staff_user_provider_subject on staff_user (provider_subject) where provider_subject is not null;
