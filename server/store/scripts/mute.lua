-- Stops a person from writing in one room, or lets them write again (`ms` 0).
-- KEYS: mute out audit
-- ARGV: id ms errands audit_row audit_ms
-- include: clock
-- include: errands
-- include: audit
if tonumber(ms) > 0 then
  redis.call("SET", mute, id, "PX", ms)
elseif redis.call("GET", mute) == id then
  redis.call("DEL", mute)
end
leave_errands()
write_audit()
return 1
