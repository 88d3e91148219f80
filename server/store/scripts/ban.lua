-- Keeps a person out of one room, or lets them in again (`ms` 0); 0 where another ban keeps them out already.
-- KEYS: ban out audit
-- ARGV: id ms errands audit_row audit_ms
-- include: clock
-- include: errands
-- include: audit
local before = redis.call("GET", ban)
if tonumber(ms) > 0 then
  if before and before ~= id then return 0 end
  redis.call("SET", ban, id, "PX", ms)
elseif before == id then
  redis.call("DEL", ban)
end
leave_errands()
write_audit()
return 1
