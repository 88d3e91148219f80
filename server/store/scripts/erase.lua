-- Takes lines out of a log for good: no seal, no bytes. Each is named by an event, as its number must be.
-- KEYS: meta log
-- ARGV: channel person lines keep keep_ms meta_ms lineage
-- include: clock
-- include: number
-- include: rewrite
local place, seq, event, erased = 1, nil, nil, 0
while place <= #lines do
  seq, event, place = struct.unpack(">I4c0I4c0", lines, place)
  local entry = redis.call("XRANGE", log, seq .. "-0", seq .. "-0")[1]
  if entry and (person == "" or entry[2][6] == person) then
    redis.call("XDEL", log, entry[1])
    number(event, entry[2][8], entry[2][6], tonumber(seq)) -- under its author: who does not meet them hears nothing of it
    erased = erased + 1
  end
end
if erased > 0 then rewrite() end
return erased
