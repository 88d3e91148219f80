-- Ends a hold without posting it: withdrawn, refused or sent back; only the first to come does it.
-- KEYS: held seen labels out audit
-- ARGV: hold field outcome label seen_ms errands audit_row audit_ms
-- include: clock
-- include: remember
-- include: errands
-- include: audit
-- include: label
if redis.call("HDEL", held, hold) == 0 then return 0 end
remember(outcome)
leave_errands()
write_audit()
count_label()
return 1
