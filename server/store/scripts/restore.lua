-- Undoes a removal, for the one who did it and for a short while: the message comes back as an event.
-- KEYS: meta log sealed out audit
-- ARGV: channel event author_tag person by undo_ms keep keep_ms meta_ms lineage errands audit_row audit_ms
-- include: clock
-- include: number
-- include: errands
-- include: audit
local removal = redis.call("HMGET", sealed, "by", "at")
if removal[1] ~= by or tonumber(removal[2]) < now - undo_ms then return 0 end
redis.call("DEL", sealed)
number(event, author_tag, person, 0)
leave_errands()
write_audit()
return 1
