-- why: the application may append to the ledger and to whatever else is proof, and change only what may change.
grant usage on schema public to navigator_app;

grant select, insert, update, delete on
customer, contact_point, vehicle, keeper, evidence, permission_standing, keeper_standing,
staff_user, api_key, import_batch, import_reject, permission_reset, idempotency_key,
legitimate_interest_assessment, third_party, legal_entity, branch
to navigator_app;

grant select, insert on
installation, policy_version, wording, ledger_event, suppression, register_screening,
selection_export, hand_over, access_log
to navigator_app;

grant select, insert, update on ledger_head to navigator_app;
