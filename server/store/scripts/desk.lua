-- Changes one record of the desk if nobody changed it meanwhile, tells the desk, and leaves errands.
-- KEYS: records owners meta log out audit
-- ARGV: channel id expected record owner owned event author_tag keep keep_ms meta_ms lineage errands audit_row audit_ms
-- include: clock
-- include: number
-- include: errands
-- include: audit
local current = redis.call("HGET", records, id) or ""
if current ~= expected then
  -- Written again: where copies must confirm, they confirm what the asker is about to read.
  if current ~= "" then redis.call("HSET", records, id, current) end
  return 0
end
-- Two worries about one person at once: the second finds the first one's ticket and marks that.
if owned == "open" and (redis.call("HGET", owners, owner) or id) ~= id then return 0 end
if record == "" then redis.call("HDEL", records, id) else redis.call("HSET", records, id, record) end
if owned == "open" then
  redis.call("HSET", owners, owner, id)
elseif owned == "closed" then
  redis.call("HDEL", owners, owner)
end
number(event, author_tag, "", 0)
leave_errands()
write_audit()
return 1
