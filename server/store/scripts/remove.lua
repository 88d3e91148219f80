-- Takes a message away for everyone: out of the log, sealed for a while, an event names its number.
-- KEYS: meta log sealed out audit
-- ARGV: channel event gone by sealed_ms keep keep_ms meta_ms lineage errands audit_row audit_ms
-- include: clock
-- include: number
-- include: rewrite
-- include: errands
-- include: audit
local entry = redis.call("XRANGE", log, gone .. "-0", gone .. "-0")[1]
if not entry then return 0 end
local f = entry[2]
redis.call("XDEL", log, entry[1])
redis.call("HSET", sealed, "f", f[2], "t", f[4], "p", f[6], "a", f[8], "g", 0, "by", by, "at", now)
redis.call("PEXPIRE", sealed, sealed_ms)
number(event, f[8], f[6], tonumber(gone)) -- under its author: who does not meet them hears nothing of it
rewrite()
leave_errands()
write_audit()
return 1
